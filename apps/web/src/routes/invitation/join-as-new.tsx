import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Form, Notice, PasswordField, TextField } from '@tollkeeper/ui'
import { useState } from 'react'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { fieldErrors, landsOnFields } from '../../api/field-errors.ts'
import { useTRPC, useTRPCClient } from '../../api/trpc.ts'
import { DeclineButton } from './decline-button.tsx'
import type { JoinProps } from './join-as-me.tsx'
import { text } from './text.ts'
import { useJoined } from './use-joined.ts'

const words = text.account
const fields = ['name', 'password']

/** Nobody is signed in: the way to an account that is there, or to one that is made here and now. */
export function JoinAsNew({ token, offer, onDeclined }: JoinProps) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queries = useQueryClient()
  const joined = useJoined(offer.tenant)
  const [missing, setMissing] = useState<{ name?: string; password?: string }>({})
  const register = useMutation({
    mutationFn: async (entered: { name: string; password: string }) => {
      const { tenantId, email } = await client.auth.registerInvited.mutate({ token, ...entered })
      queries.setQueryData(trpc.auth.me.queryKey(), await client.auth.signIn.mutate({ email, password: entered.password }))
      return tenantId
    },
    onSuccess: (tenantId) => joined(tenantId),
  })
  const failure = register.error ? readFailure(register.error) : null
  const refused = failure?.code === 'auth.password_refused' && failure.faults.length === 0
  const errors = refused ? { password: `${failure.title} ${failure.next}` } : fieldErrors(failure, fields)
  return (
    <>
      <Button wide asChild>
        <Link to="/sign-in" search={{ email: offer.email, next: `/invitation?token=${encodeURIComponent(token)}` }}>
          {words.have}
        </Link>
      </Button>
      <div className="flex flex-col gap-1.5">
        <h2 className="text-lg">{words.make}</h2>
        <p className="text-ink-muted">{words.makeBody}</p>
      </div>
      <Form
        notice={
          failure &&
          !refused &&
          !landsOnFields(failure, fields) &&
          (failure.code === 'invitation.account_exists' ? (
            <Notice tone="info" title={words.exists.title} urgent>
              {words.exists.body}
            </Notice>
          ) : (
            <FailureNotice error={register.error} />
          ))
        }
        errors={{ ...errors, ...missing }}
        onSubmit={(values) => {
          const name = String(values.get('name') ?? '').trim()
          const password = String(values.get('password') ?? '')
          const found = {
            ...(name ? {} : { name: words.nameMissing }),
            ...([...password.normalize('NFKC')].length < 12 ? { password: words.passwordMissing } : {}),
          }
          setMissing(found)
          if (Object.keys(found).length === 0 && !register.isPending) register.mutate({ name, password })
        }}
      >
        <TextField label={words.name} name="name" autoComplete="name" maxLength={120} />
        <PasswordField label={words.password} name="password" autoComplete="new-password" help={words.passwordHelp} />
        <Button variant="primary" type="submit" wide busy={register.isPending}>
          {words.submit}
        </Button>
      </Form>
      <DeclineButton token={token} onDeclined={onDeclined} />
    </>
  )
}
