import type { CurrentSubscription, PlanView } from '@tollkeeper/shared'
import { DateTime, PlanCard, PlanGrid } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { unitWord } from '../../text/unit-word.ts'
import { planRelation, planWay, suggestedPlan } from './plan-relation.ts'
import { text } from './text.ts'
import { usePlanChange } from './use-plan-change.ts'

export interface PlanCardsProps {
  plans: readonly PlanView[]
  current: CurrentSubscription
  onContact: (plan: PlanView) => void
}

/** The plans side by side, each with the one button that fits how it stands to the plan in force. */
export function PlanCards({ plans, current, onContact }: PlanCardsProps) {
  const { checkout, portal } = usePlanChange()
  const suggested = suggestedPlan(plans, current)
  const error = checkout.error ?? portal.error
  const leavingFor = (checkout.isPending ? checkout.variables : portal.isPending ? portal.variables : undefined)?.key

  const act = (plan: PlanView) => {
    const way = planWay(plan, planRelation(plan, plans, current))
    if (way === 'contact') return onContact(plan)
    if (leavingFor !== undefined) return
    checkout.reset()
    portal.reset()
    const change = way === 'portal' ? portal : checkout
    change.mutate(plan)
  }

  return (
    <div className="flex flex-col gap-4">
      {error && <FailureNotice error={error} />}
      <h2 className="sr-only">{text.choose}</h2>
      <PlanGrid>
        {plans.map((plan) => {
          const relation = planRelation(plan, plans, current)
          const isCurrent = plan.key === current.plan
          return (
            <PlanCard
              key={plan.key}
              name={plan.name}
              description={plan.description}
              price={plan.price}
              entitlements={plan.entitlements.map((entitlement) => ({ ...entitlement, unit: unitWord(entitlement.unit) }))}
              relation={relation}
              highlighted={plan.key === suggested}
              badge={isCurrent ? text.current : undefined}
              busy={leavingFor === plan.key}
              onAction={() => act(plan)}
              note={
                isCurrent && current.cancelAtPeriodEnd && current.currentPeriodEnd !== null ? (
                  <>
                    {text.ends} <DateTime value={current.currentPeriodEnd} show="absolute" />
                  </>
                ) : undefined
              }
            />
          )
        })}
      </PlanGrid>
    </div>
  )
}
