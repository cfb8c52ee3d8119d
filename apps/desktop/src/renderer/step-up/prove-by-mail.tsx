import { useMutation } from '@tanstack/react-query'
import { Button, FormActions } from '@tollkeeper/ui'
import type { ReactNode } from 'react'
import { useServer } from '../api/server-provider.tsx'
import { ActFailure } from '../notice/act-failure.tsx'
import { ProveBySecret } from './prove-by-secret.tsx'

/** A code by mail, for an operator without a password: nothing is sent before they ask for it. */
export function ProveByMail({ others }: { others: ReactNode }) {
  const server = useServer()
  const mail = useMutation(server.auth.stepUp.mailCode.mutationOptions())
  const send = (label: string, variant: 'primary' | 'quiet') => (
    <Button variant={variant} busy={mail.isPending} onClick={() => !mail.isPending && mail.mutate()}>
      {label}
    </Button>
  )
  const failure = mail.error ? <ActFailure error={mail.error} /> : null
  if (!mail.data) {
    return (
      <>
        <p className="text-pretty">Your account has no password, so a code is mailed to your address. It works here alone.</p>
        {failure}
        <FormActions>
          {send('Mail me a code', 'primary')}
          {others}
        </FormActions>
      </>
    )
  }
  return (
    <>
      <p className="text-pretty">A code is on its way to you. It works for ten minutes.</p>
      {failure}
      <ProveBySecret
        method="mail_code"
        others={
          <>
            {send('Send another code', 'quiet')}
            {others}
          </>
        }
      />
    </>
  )
}
