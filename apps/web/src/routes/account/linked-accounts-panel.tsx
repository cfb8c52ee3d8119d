import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ProviderName } from '@tollkeeper/shared'
import { Button, DateTime } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { Panel } from '../../shell/panel.tsx'
import { ProviderMark } from '../../ways-in/provider-mark.tsx'
import { text as ways } from '../../ways-in/text.ts'
import { text } from './text.ts'

/** The accounts at GitHub and Google that let the person in. Where the server knows neither, there is nothing to show. */
export function LinkedAccountsPanel() {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const linked = useQuery(trpc.auth.provider.list.queryOptions())
  const link = useMutation(
    trpc.auth.provider.link.mutationOptions({
      onSuccess: ({ authorizationUrl }) => window.location.assign(authorizationUrl),
    }),
  )
  const unlink = useMutation(
    trpc.auth.provider.unlink.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.auth.provider.list.queryKey() }),
    }),
  )
  const failure = link.error ?? unlink.error ?? linked.error
  const rows = linked.data ? rowsOf(linked.data) : []
  if (rows.length === 0 && !failure) return null
  return (
    <Panel title={text.linked.title} note={text.linked.note}>
      {failure ? <FailureNotice error={failure} {...(linked.error && { onRetry: () => void linked.refetch() })} /> : null}
      <ul className="flex max-w-prose flex-col">
        {rows.map(({ provider, linkedAt, canLink }) => (
          <li key={provider} className="flex min-h-row flex-wrap items-center gap-x-3 gap-y-1 border-line border-b py-2">
            <ProviderMark provider={provider} />
            <span className="font-medium">{ways.provider[provider]}</span>
            <span className="flex-1 text-ink-muted">
              {linkedAt ? (
                <>
                  {text.linked.since} <DateTime value={linkedAt} />
                </>
              ) : (
                text.linked.not
              )}
            </span>
            {linkedAt ? (
              <Button
                size="small"
                aria-label={text.linked.unlinkNamed(ways.provider[provider])}
                busy={unlink.isPending && unlink.variables.provider === provider}
                onClick={() => unlink.mutate({ provider })}
              >
                {text.linked.unlink}
              </Button>
            ) : (
              canLink && (
                <Button
                  size="small"
                  aria-label={text.linked.linkNamed(ways.provider[provider])}
                  busy={link.isPending && link.variables.provider === provider}
                  onClick={() => link.mutate({ provider })}
                >
                  {text.linked.link}
                </Button>
              )
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

interface Row {
  provider: ProviderName
  linkedAt: string | null
  canLink: boolean
}

/** What is linked, and what could be. */
function rowsOf({
  accounts,
  providers,
}: {
  accounts: { provider: ProviderName; linkedAt: string }[]
  providers: ProviderName[]
}): Row[] {
  const names = new Set([...providers, ...accounts.map(({ provider }) => provider)])
  return [...names].map((provider) => ({
    provider,
    linkedAt: accounts.find((account) => account.provider === provider)?.linkedAt ?? null,
    canLink: providers.includes(provider),
  }))
}
