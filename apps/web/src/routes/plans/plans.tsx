import { useQuery } from '@tanstack/react-query'
import type { PlanView } from '@tollkeeper/shared'
import { EmptyState, Notice } from '@tollkeeper/ui'
import { useEffect, useState } from 'react'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { may } from '../../session/may.ts'
import { useTenant } from '../../session/session.ts'
import { Page } from '../../shell/page.tsx'
import { Panel } from '../../shell/panel.tsx'
import { ContactDialog } from './contact-dialog.tsx'
import { forgetCheckout, pendingCheckout } from './pending-checkout.ts'
import { PlanCards } from './plan-cards.tsx'
import { PlanMatrix } from './plan-matrix.tsx'
import { PlansSkeleton } from './plans-skeleton.tsx'
import { text } from './text.ts'

/** What can be bought, how it compares, and the way there. */
export function Plans() {
  const trpc = useTRPC()
  const { tenant } = useTenant()
  const catalog = useQuery(trpc.catalog.plans.queryOptions(undefined, { staleTime: 60_000 }))
  const current = useQuery(trpc.billing.current.queryOptions())
  const [contact, setContact] = useState<PlanView | null>(null)
  const cameBack = useLeftCheckout()
  const error = catalog.error ?? current.error
  const plans = catalog.data?.plans.toSorted((a, b) => a.rank - b.rank)
  const retry = () => {
    void catalog.refetch()
    void current.refetch()
  }
  return (
    <Page title={text.title} description={text.description(tenant.name)}>
      {cameBack && (
        <Notice tone="neutral" title={text.left}>
          {text.leftBody}
        </Notice>
      )}
      {!may(tenant.role, 'billing:write') && (
        <Notice tone="info" title={text.notOwner}>
          {text.notOwnerBody}
        </Notice>
      )}
      {error && <FailureNotice error={error} onRetry={retry} />}
      {plans?.length === 0 && <EmptyState>{text.empty}</EmptyState>}
      {plans && plans.length > 0 && current.data ? (
        <>
          <PlanCards plans={plans} current={current.data} onContact={setContact} />
          <div className="max-md:hidden">
            <Panel title={text.compare}>
              <PlanMatrix plans={plans} currentKey={current.data.plan} />
            </Panel>
          </div>
        </>
      ) : (
        !error && <PlansSkeleton />
      )}
      <ContactDialog plan={contact} tenantId={tenant.id} onClose={() => setContact(null)} />
    </Page>
  )
}

/** The browser left for a payment page and is back here: the checkout was not finished. Told once. */
function useLeftCheckout(): boolean {
  const [left] = useState(() => pendingCheckout() !== null)
  useEffect(() => {
    if (left) forgetCheckout()
  }, [left])
  return left
}
