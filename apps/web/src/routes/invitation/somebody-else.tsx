import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Notice } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { keepChosenTenant } from '../../session/chosen-tenant.ts'
import { text } from './text.ts'

/** This browser is signed in with another address than the invited one; signing out leads back to the same invitation. */
export function SomebodyElse({ mine, invited }: { mine: string; invited: string }) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const signOut = useMutation(
    trpc.auth.signOut.mutationOptions({
      onSuccess: async () => {
        keepChosenTenant(null)
        await queries.resetQueries({ queryKey: trpc.auth.me.queryKey() })
      },
    }),
  )
  return (
    <>
      <Notice tone="warning" title={text.other.title}>
        {text.other.body(mine, invited)}
      </Notice>
      {signOut.error && <FailureNotice error={signOut.error} />}
      <Button variant="primary" wide busy={signOut.isPending} onClick={() => !signOut.isPending && signOut.mutate()}>
        {text.other.signOut}
      </Button>
    </>
  )
}
