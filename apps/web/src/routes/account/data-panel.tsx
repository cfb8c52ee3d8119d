import { useMutation } from '@tanstack/react-query'
import { Button, ConfirmDialog } from '@tollkeeper/ui'
import { useState } from 'react'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { useSession } from '../../session/session.ts'
import { Panel } from '../../shell/panel.tsx'
import { DownloadData } from './download-data.tsx'
import { text } from './text.ts'

/** What is held about the person: to take along, and to have deleted. */
export function DataPanel() {
  const trpc = useTRPC()
  const { user, refresh } = useSession()
  const [asking, setAsking] = useState(false)
  const remove = useMutation(
    trpc.personalData.requestDeletion.mutationOptions({
      onSuccess: async () => {
        setAsking(false)
        await refresh()
      },
    }),
  )
  return (
    <Panel title={text.data.title} note={text.data.note}>
      <DownloadData />
      <div>
        <Button variant="danger" onClick={() => setAsking(true)}>
          {text.data.remove}
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        onOpenChange={(open) => {
          if (!open) remove.reset()
          setAsking(open)
        }}
        title={text.data.removeTitle}
        phrase={user.email}
        confirmLabel={text.data.removeConfirm}
        busy={remove.isPending}
        notice={remove.error && <FailureNotice error={remove.error} />}
        onConfirm={() => {
          if (!remove.isPending) remove.mutate({ email: user.email })
        }}
      >
        {text.data.removeBody}
      </ConfirmDialog>
    </Panel>
  )
}
