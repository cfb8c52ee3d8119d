import { useQuery } from '@tanstack/react-query'
import { Button, Dialog, Skeleton } from '@tollkeeper/ui'
import { useSyncExternalStore } from 'react'
import { FailureNotice } from '../api/failure-notice.tsx'
import { useTRPC } from '../api/trpc.ts'
import { knowsPasskeys } from '../ways-in/passkey.ts'
import { proofQuestion } from './proof-question.ts'
import { StepUpForm } from './step-up-form.tsx'
import { text } from './text.ts'

/** Asks who one is, whenever a call was refused for the lack of it; see repeat-when-proved.ts. */
export function StepUpDialog() {
  const open = useSyncExternalStore(proofQuestion.subscribe, proofQuestion.isOpen)
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && proofQuestion.answer(false)}
      title={text.title}
      description={text.description}
    >
      {open && <Ways />}
    </Dialog>
  )
}

function Ways() {
  const trpc = useTRPC()
  const options = useQuery(trpc.auth.stepUp.options.queryOptions(undefined, { staleTime: 0, gcTime: 0 }))
  if (options.error) return <FailureNotice error={options.error} onRetry={() => void options.refetch()} />
  if (!options.data) return <Skeleton width="60%" />
  const methods = options.data.methods.filter((method) => method !== 'passkey' || knowsPasskeys())
  if (methods.length > 0) return <StepUpForm methods={methods} />
  const here = `${location.pathname}${location.search}`
  return (
    <>
      <p className="text-pretty">{text.noWay}</p>
      <div>
        <Button asChild variant="primary">
          <a href={`/sign-in?next=${encodeURIComponent(here)}`}>{text.signIn}</a>
        </Button>
      </div>
    </>
  )
}
