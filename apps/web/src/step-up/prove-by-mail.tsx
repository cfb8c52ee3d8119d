import { useMutation } from '@tanstack/react-query'
import { Button, FormActions } from '@tollkeeper/ui'
import type { ReactNode } from 'react'
import { FailureNotice } from '../api/failure-notice.tsx'
import { useTRPC } from '../api/trpc.ts'
import { DevelopmentMailbox } from '../routes/sign-up/development-mailbox.tsx'
import { ProveBySecret } from './prove-by-secret.tsx'
import { text } from './text.ts'

/** A code by mail, for who has no password: nothing is sent before they ask for it. */
export function ProveByMail({ others }: { others: ReactNode }) {
  const trpc = useTRPC()
  const mail = useMutation(trpc.auth.stepUp.mailCode.mutationOptions())
  const send = (label: string, variant: 'primary' | 'quiet') => (
    <Button variant={variant} busy={mail.isPending} onClick={() => !mail.isPending && mail.mutate()}>
      {label}
    </Button>
  )
  const failure = mail.error ? <FailureNotice error={mail.error} /> : null
  if (!mail.data) {
    return (
      <>
        <p className="text-pretty">{text.mail}</p>
        {failure}
        <FormActions>
          {send(text.sendMail, 'primary')}
          {others}
        </FormActions>
      </>
    )
  }
  return (
    <>
      <p className="text-pretty">{text.mailed}</p>
      {failure}
      <ProveBySecret
        method="mail_code"
        others={
          <>
            {send(text.mailAgain, 'quiet')}
            {others}
          </>
        }
      />
      <DevelopmentMailbox />
    </>
  )
}
