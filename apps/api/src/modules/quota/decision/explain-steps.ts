import type { ExplainedStep } from '@tollkeeper/shared'
import type { DecisionFacts } from './facts.ts'
import { balanceEntitlement, isMeasured } from './measure-of.ts'
import { GRACE_MS, type Refusal, steps, unitsOf } from './steps.ts'

type Told = { detail: string; evidence: ExplainedStep['evidence'] }

/** Every step with what it looked at, not only to the first refusal. */
export function explainSteps(facts: DecisionFacts, memberId: string | null): ExplainedStep[] {
  return steps.map(({ step, refusal }) => {
    const code = refusal(facts)
    return { step, outcome: code === null ? 'passed' : 'refused', code: code ?? 'allowed', ...tell[step](facts, code, memberId) }
  })
}

const tell: Record<ExplainedStep['step'], (facts: DecisionFacts, refusal: Refusal, memberId: string | null) => Told> = {
  credential: ({ subject: { caller } }) =>
    caller.kind === 'api_key'
      ? { detail: 'The API key is known, and neither revoked nor expired.', evidence: [{ kind: 'api_key', id: caller.keyId }] }
      : {
          detail: 'The person is signed in.',
          evidence: [
            { kind: 'user', id: caller.userId },
            { kind: 'session', id: caller.sessionId },
          ],
        },

  status: ({ subject: { caller, tenantId } }, refusal) => ({
    detail:
      refusal === null
        ? caller.kind === 'user'
          ? 'The person and the tenant are active.'
          : 'The tenant is active.'
        : refusal === 'tenant.suspended'
          ? 'The tenant is suspended.'
          : 'The person is suspended.',
    evidence: [...(caller.kind === 'user' ? [{ kind: 'user', id: caller.userId }] : []), { kind: 'tenant', id: tenantId }],
  }),

  membership: ({ subject: { caller, tenantId, role } }, refusal, memberId) => {
    if (caller.kind === 'api_key') {
      const detail = refusal === null ? 'The API key belongs to the tenant.' : 'The API key belongs to another tenant.'
      return { detail, evidence: [{ kind: 'tenant', id: tenantId }] }
    }
    return {
      detail: refusal === null ? `The person is a member, as ${role}.` : 'The person is not a member of the tenant.',
      evidence: memberId === null ? [{ kind: 'tenant', id: tenantId }] : [{ kind: 'member', id: memberId }],
    }
  },

  permission: ({ subject: { caller, role } }, refusal) => {
    const holder = caller.kind === 'api_key' ? 'The API key' : `The role ${role}`
    return {
      detail: refusal === null ? `${holder} holds decision:ask.` : `${holder} does not hold decision:ask.`,
      evidence: caller.kind === 'api_key' ? [{ kind: 'api_key', id: caller.keyId }] : [{ kind: 'role', id: String(role) }],
    }
  },

  subscription: ({ tenant: { subscription, planKey } }, refusal) => {
    if (subscription === null)
      return { detail: 'There is no subscription; the plan in force needs none.', evidence: evidenceOf('plan', planKey) }
    const days = GRACE_MS / 86_400_000
    return {
      detail:
        refusal === null
          ? `The subscription is ${subscription.status}.`
          : `A payment has been overdue for longer than the ${days} days of grace.`,
      evidence: [{ kind: 'subscription', id: subscription.id }],
    }
  },

  entitlement: ({ tenant, feature }, refusal) => {
    const { planKey, planVersionId } = tenant
    const entitlement = balanceEntitlement(tenant, feature)
    const limit = entitlement?.limit == null ? 'without a limit' : `up to ${entitlement.limit}${cadenceText[entitlement.cadence]}`
    return {
      detail:
        refusal === null
          ? `The plan ${planKey} allows ${feature.key} ${limit}.`
          : `The plan ${planKey} does not have ${feature.key}.`,
      evidence: [...evidenceOf('plan', planKey), ...evidenceOf('plan_version', planVersionId)],
    }
  },

  rate: ({ subject: { tenantId }, feature, amount, room }, refusal) => {
    const rates = room?.rates ?? []
    const evidence = rates.map(({ name }) => ({ kind: 'rate_limit', id: `${tenantId}/${feature.key}/${name}` }))
    if (rates.length === 0)
      return { detail: 'The plan sets no limit on how fast.', evidence: [{ kind: 'feature', id: feature.key }] }
    const short = rates.find(({ remaining }) => amount > remaining)
    if (refusal === null || !short) return { detail: 'Every limit on how fast has room for it.', evidence }
    return {
      detail: `Of the ${short.limit} that ${short.name} allows in its time ${short.remaining} are left, and ${amount} asked for.`,
      evidence,
    }
  },

  quota: (facts, refusal) => {
    const {
      subject: { tenantId },
      feature,
      room,
      tenant,
    } = facts
    const amount = room === null ? facts.amount : unitsOf(facts, room)
    if (!isMeasured(feature)) {
      const limit = tenant.entitlements.get(feature.key)?.limit ?? null
      const detail =
        refusal === null ? 'The feature is not counted, so nothing is taken.' : `${amount} is more than the limit of ${limit}.`
      return { detail, evidence: [{ kind: 'feature', id: feature.key }] }
    }
    if (room === null) return { detail: 'There is nothing to count against.', evidence: [{ kind: 'feature', id: feature.key }] }
    const balance = balanceEntitlement(tenant, feature)?.featureKey ?? feature.key
    const left = room.remaining === null ? 'There is no limit' : `${room.available} are left`
    const window = room.windowStart?.toISOString() ?? 'always'
    const evidence = [
      { kind: 'balance', id: `${tenantId}/${balance}/${window}` },
      ...room.grants.map((id) => ({ kind: 'grant', id })),
    ]
    const short = refusal === 'quota.cap_reached' ? room.caps.find(({ remaining }) => amount > remaining) : undefined
    if (short)
      return {
        detail: `Of the ${short.limit} that ${short.name} may use of it ${short.remaining} are left, and ${amount} are asked for.`,
        evidence: [...evidence, { kind: 'cap', id: short.name }],
      }
    return {
      detail: `${room.used + room.reserved} are used; ${left}, and ${amount} ${amount === 1 ? 'is' : 'are'} asked for.`,
      evidence,
    }
  },
}

const cadenceText = { day: ' a day', week: ' a week', month: ' a month', period: ' a billing period', never: '' }

function evidenceOf(kind: string, id: string | null): ExplainedStep['evidence'] {
  return id === null ? [] : [{ kind, id }]
}
