import { useMutation } from '@tanstack/react-query'
import { Button, DateTime } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { useSession } from '../../session/session.ts'
import { EntryPage } from '../../shell/entry-page.tsx'
import { DownloadData } from '../account/download-data.tsx'
import { text } from './text.ts'

/** What somebody sees who signs in although their account is about to be deleted: keep it, or leave. */
export function Leaving({ deletesAt }: { deletesAt: string }) {
  const trpc = useTRPC()
  const { refresh, signOut } = useSession()
  const keep = useMutation(trpc.personalData.cancelDeletion.mutationOptions({ onSuccess: refresh }))
  const leave = useMutation({ mutationFn: signOut })
  const error = keep.error ?? leave.error
  return (
    <EntryPage
      title={text.title}
      description={
        <>
          {text.before}
          <DateTime value={deletesAt} show="absolute" />
          {text.after}
        </>
      }
    >
      {error && <FailureNotice error={error} />}
      <div className="flex flex-col gap-3">
        <Button variant="primary" wide busy={keep.isPending} onClick={() => keep.mutate()}>
          {text.keep}
        </Button>
        <DownloadData wide />
        <Button variant="quiet" wide busy={leave.isPending} onClick={() => leave.mutate()}>
          {text.leave}
        </Button>
      </div>
    </EntryPage>
  )
}
