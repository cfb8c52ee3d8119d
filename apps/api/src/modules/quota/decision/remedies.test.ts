import type { ExplainedStep, Remedy } from '@tollkeeper/shared'
import { DecisionCode } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import type { Catalog } from '../../catalog/index.ts'
import { type RefusedQuota, remediesFor } from './remedies.ts'
import { smallestChange } from './smallest-change.ts'

const hardLimit = { overage: 0, overagePriceMinor: null, overagePricePer: null, rollover: 0, rates: [] }
const planOf = (key: string, rank: number, limit: number | null | undefined) => ({
  key,
  name: key,
  description: '',
  rank,
  isDefault: rank === 1,
  selfService: true,
  liveVersionId: `plv_${key}`,
  priceMinor: null,
  currency: null,
  entitlements: limit === undefined ? [] : [{ featureKey: 'characters', limit, cadence: 'day' as const, ...hardLimit }],
})
const catalog: Catalog = {
  features: new Map(),
  plans: [planOf('free', 1, 1_000), planOf('starter', 2, 50_000), planOf('pro', 3, 500_000), planOf('enterprise', 4, null)],
}
const resetsAt = new Date('2026-11-24T00:00:00Z')
const quota = (other: Partial<RefusedQuota>): RefusedQuota => {
  return {
    ...{ featureKey: 'characters', amount: 400, asked: 400, rate: null, limit: 1_000, remaining: 200, resetsAt },
    ...{ renewed: 1_000, capped: null, overridden: false, overdue: false },
    ...other,
  }
}
const upgrade = (plan: string, limit: number | null): Remedy => ({ kind: 'upgrade', plan, limit })
const wait: Remedy = { kind: 'wait', until: '2026-11-24T00:00:00.000Z' }

test.each<[string, RefusedQuota, Remedy[]]>([
  ['the next plan, waiting, or less', quota({}), [upgrade('starter', 50_000), wait, { kind: 'use_less', amount: 200 }]],
  ['nothing left: there is no less', quota({ remaining: 0 }), [upgrade('starter', 50_000), wait]],
  ['more than the whole limit: waiting does not help', quota({ amount: 1_001, remaining: 0 }), [upgrade('starter', 50_000)]],
  ['a plan must hold what was used as well', quota({ amount: 49_500, remaining: 0 }), [upgrade('pro', 500_000)]],
  ['only without a limit is there enough', quota({ amount: 600_000, remaining: 0 }), [upgrade('enterprise', null)]],
  ['a limit that never starts again is not waited for', quota({ remaining: 0, resetsAt: null }), [upgrade('starter', 50_000)]],
])('%s', (_, refused, remedies) => {
  expect(remediesFor('quota.limit_reached', refused, catalog)).toEqual(remedies)
})

test('a feature that is not in the plan: the smallest plan that has enough of it', () => {
  expect(remediesFor('quota.not_in_plan', quota({ limit: 0, remaining: 0 }), catalog)).toEqual([upgrade('free', 1_000)])
  expect(remediesFor('quota.not_in_plan', quota({ amount: 2_000, limit: 0, remaining: 0 }), catalog)).toEqual([
    upgrade('starter', 50_000),
  ])
})

test('where a better plan waits for an invoice, paying it comes first', () => {
  expect(remediesFor('quota.limit_reached', quota({ overdue: true }), catalog)[0]).toEqual({ kind: 'pay_invoice' })
  expect(remediesFor('quota.not_in_plan', quota({ overdue: true }), catalog)[0]).toEqual({ kind: 'pay_invoice' })
})

test('every refusal has at least one remedy, also where no plan would do', () => {
  const noPlans: Catalog = { features: new Map(), plans: [] }
  for (const code of DecisionCode.options) {
    const remedies = remediesFor(code, quota({ remaining: 0, resetsAt: null }), noPlans)
    expect([code, remedies.length > 0]).toEqual([code, code !== 'allowed'])
  }
})

const refused = (step: ExplainedStep['step'], code: ExplainedStep['code']): ExplainedStep => ({
  step,
  outcome: 'refused',
  code,
  detail: '',
  evidence: [],
})
const passed = (step: ExplainedStep['step']): ExplainedStep => ({
  step,
  outcome: 'passed',
  code: 'allowed',
  detail: '',
  evidence: [],
})
const first = (code: ExplainedStep['code']) => remediesFor(code, quota({}), catalog)

test('one refusal: its first remedy is the smallest change', () => {
  expect(smallestChange([passed('status'), refused('quota', 'quota.limit_reached')], first)).toEqual(upgrade('starter', 50_000))
  expect(smallestChange([refused('subscription', 'billing.payment_overdue')], first)).toEqual({ kind: 'pay_invoice' })
})

test('a feature out of plan has nothing to count: that is one refusal, not two', () => {
  const steps = [refused('entitlement', 'quota.not_in_plan'), refused('quota', 'quota.limit_reached')]
  expect(smallestChange(steps, first)).toEqual(upgrade('free', 1_000))
})

test('where no single change would do, or none is needed, there is none', () => {
  expect(smallestChange([refused('status', 'tenant.suspended'), refused('quota', 'quota.limit_reached')], first)).toBeNull()
  expect(smallestChange([passed('status'), passed('quota')], first)).toBeNull()
})
