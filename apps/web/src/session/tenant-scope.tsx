import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { createApiClient } from '../api/api-client.ts'
import { isSignedOut, needsSecondFactor } from '../api/failure.ts'
import { createQueryClient } from '../api/query-client.ts'
import { TRPCProvider } from '../api/trpc.ts'
import { keepChosenTenant, readChosenTenant } from './chosen-tenant.ts'
import { NoTenant } from './no-tenant.tsx'
import { pickTenant } from './pick-tenant.ts'
import { TenantAccessContext, TenantContext, useSession } from './session.ts'

/**
 * The part of the app that is about one tenant. Each tenant has a client and a cache of its own, which go when another is chosen:
 * an answer that was still on its way can never be shown under the wrong name.
 */
export function TenantScope({ children }: { children: ReactNode }) {
  const { tenants } = useSession()
  const [chosen, setChosen] = useState(readChosenTenant)
  const tenant = pickTenant(tenants, chosen)
  const acting = useMemo(() => {
    if (!tenant) return null
    return {
      tenant,
      choose: (id: string) => {
        keepChosenTenant(id)
        setChosen(id)
      },
    }
  }, [tenant])
  if (!acting) return <NoTenant onCreated={(id) => setChosen(id)} />
  return (
    <TenantContext value={acting}>
      <TenantClient key={acting.tenant.id} tenantId={acting.tenant.id}>
        {children}
      </TenantClient>
    </TenantContext>
  )
}

function TenantClient({ tenantId, children }: { tenantId: string; children: ReactNode }) {
  const { refresh } = useSession()
  const [client] = useState(() => createApiClient(tenantId))
  const [asksForSecondFactor, setAsksForSecondFactor] = useState(false)
  const [queries] = useState(() =>
    createQueryClient((error) => {
      if (isSignedOut(error)) void refresh()
      if (needsSecondFactor(error)) setAsksForSecondFactor(true)
    }),
  )
  const access = useMemo(
    () => ({
      asksForSecondFactor,
      askAgain: () => {
        // what was refused is asked for anew, not shown as refused
        queries.removeQueries({ type: 'inactive' })
        setAsksForSecondFactor(false)
      },
    }),
    [asksForSecondFactor, queries],
  )
  return (
    <TenantAccessContext value={access}>
      <QueryClientProvider client={queries}>
        <TRPCProvider trpcClient={client} queryClient={queries}>
          {children}
        </TRPCProvider>
      </QueryClientProvider>
    </TenantAccessContext>
  )
}
