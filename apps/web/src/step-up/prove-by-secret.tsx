import { useMutation } from '@tanstack/react-query'
import { isWrongProof } from '@tollkeeper/client/step-up'
import type { StepUpInput } from '@tollkeeper/shared'
import { SecretForm } from '@tollkeeper/ui'
import type { ReactNode } from 'react'
import { readFailure } from '../api/failure.ts'
import { FailureNotice } from '../api/failure-notice.tsx'
import { useTRPC } from '../api/trpc.ts'
import { proofQuestion } from './proof-question.ts'
import { text } from './text.ts'

interface ProveBySecretProps {
  method: StepUpInput['method']
  /** What can be pressed instead. */
  others: ReactNode
}

const kinds = { password: 'password', totp: 'digits', backup_code: 'code', mail_code: 'digits' } as const

/** The password, or a code. */
export function ProveBySecret({ method, others }: ProveBySecretProps) {
  const trpc = useTRPC()
  const prove = useMutation(trpc.auth.stepUp.prove.mutationOptions({ onSuccess: () => proofQuestion.answer(true) }))
  const failure = prove.error ? readFailure(prove.error) : null
  const isWrong = failure !== null && isWrongProof(failure.code)
  return (
    <SecretForm
      kind={kinds[method]}
      label={text.label[method]}
      missing={text.missing[method]}
      wrong={isWrong ? `${failure.title} ${failure.next}` : undefined}
      notice={failure && !isWrong && <FailureNotice error={prove.error} />}
      submitLabel={text.submit}
      busy={prove.isPending}
      autoFocus
      others={others}
      onSecret={(secret) => prove.mutate({ method, secret })}
    />
  )
}
