import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Button } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { keepChosenTenant } from '../../session/chosen-tenant.ts'
import { EntryPage } from '../../shell/entry-page.tsx'
import { text } from './text.ts'

const route = getRouteApi('/impersonate')

/** Where the console sends an operator who acts as a person. Opening the address changes nothing yet. */
export function Impersonate() {
  const { token } = route.useSearch()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const enter = useMutation(
    trpc.auth.enterImpersonation.mutationOptions({
      onSuccess: async (me) => {
        keepChosenTenant(null)
        queries.clear()
        queries.setQueryData(trpc.auth.me.queryKey(), me)
        await navigate({ to: '/', replace: true })
      },
    }),
  )
  if (!token) return <EntryPage title={text.noToken.title} description={text.noToken.body} />
  return (
    <EntryPage title={text.title} description={text.body} below={enter.error ? text.again : text.ends}>
      {enter.error && <FailureNotice error={enter.error} />}
      <Button
        variant="primary"
        wide
        busy={enter.isPending}
        disabled={enter.isError}
        onClick={() => !enter.isPending && enter.mutate({ token })}
      >
        {text.go}
      </Button>
    </EntryPage>
  )
}
