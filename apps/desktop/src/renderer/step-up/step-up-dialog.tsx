import { useQuery } from '@tanstack/react-query'
import { Dialog, Skeleton } from '@tollkeeper/ui'
import { useSyncExternalStore } from 'react'
import { useServer } from '../api/server-provider.tsx'
import { ActFailure } from '../notice/act-failure.tsx'
import { proofQuestion } from './proof-question.ts'
import { StepUpForm } from './step-up-form.tsx'

/** Asks the operator who they are, whenever an act was refused because the proof has grown old; the act is then made again. */
export function StepUpDialog() {
  const open = useSyncExternalStore(proofQuestion.subscribe, proofQuestion.isOpen)
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && proofQuestion.answer(false)}
      title="Is it you?"
      description="What you are about to do asks for proof of who you are that is less than ten minutes old."
    >
      {open && <Ways />}
    </Dialog>
  )
}

function Ways() {
  const server = useServer()
  const options = useQuery(server.auth.stepUp.options.queryOptions(undefined, { staleTime: 0, gcTime: 0 }))
  if (options.error) return <ActFailure error={options.error} />
  if (!options.data) return <Skeleton width="60%" />
  const methods = options.data.methods.filter((method) => method !== 'passkey')
  if (methods.length > 0) return <StepUpForm methods={methods} />
  return (
    <p className="text-pretty">
      Your account has nothing that could be asked for in this window. Sign out of this server and in again, in your browser, then
      repeat what you wanted to do.
    </p>
  )
}
