import { useMutation } from '@tanstack/react-query'
import { isWrongProof } from '@tollkeeper/client/step-up'
import { SecretForm } from '@tollkeeper/ui'
import type { ReactNode } from 'react'
import { failureOf } from '../api/failure-of.ts'
import { useServer } from '../api/server-provider.tsx'
import { ActFailure } from '../notice/act-failure.tsx'
import { proofQuestion } from './proof-question.ts'
import { type Provable, words } from './words.ts'

const kinds = { password: 'password', totp: 'digits', backup_code: 'code', mail_code: 'digits' } as const

/** The password, or a code. */
export function ProveBySecret({ method, others }: { method: Provable; others: ReactNode }) {
  const server = useServer()
  const prove = useMutation(server.auth.stepUp.prove.mutationOptions({ onSuccess: () => proofQuestion.answer(true) }))
  const failure = prove.error ? failureOf(prove.error) : null
  const isWrong = failure !== null && isWrongProof(failure.code)
  return (
    <SecretForm
      kind={kinds[method]}
      label={words[method].label}
      missing={words[method].missing}
      wrong={isWrong ? `${failure.title} ${failure.next}` : undefined}
      notice={failure && !isWrong && <ActFailure error={prove.error} />}
      submitLabel="Continue"
      busy={prove.isPending}
      autoFocus
      others={others}
      onSecret={(secret) => prove.mutate({ method, secret })}
    />
  )
}
