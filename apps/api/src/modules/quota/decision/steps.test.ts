import type { DecisionCode, DecisionStep, Permission } from '@tollkeeper/shared'
import { decisionSteps } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import { explainSteps } from './explain-steps.ts'
import type { DecisionFacts } from './facts.ts'
import { firstRefusal, GRACE_MS, stepOf, steps } from './steps.ts'

const NOW = Date.parse('2026-11-23T10:00:00Z')

const granted: DecisionFacts = {
  subject: {
    caller: {
      kind: 'user',
      userId: 'usr_1',
      sessionId: 'ses_1',
      via: 'access_token',
      operatorRole: null,
      provedAt: Date.now(),
      secondFactor: null,
      memberships: [{ tenantId: 'ten_1', role: 'member' }],
    },
    tenantId: 'ten_1',
    role: 'member',
    permissions: ['decision:ask'],
  },
  userStatus: 'active',
  tenant: {
    tenantId: 'ten_1',
    status: 'active',
    planKey: 'starter',
    planVersionId: 'plv_1',
    planSource: 'sub_1',
    subscription: { id: 'sub_1', status: 'active', pastDueAt: null },
    entitlements: new Map([['characters', { featureKey: 'characters', limit: 100, cadence: 'day' }]]),
  },
  feature: {
    key: 'characters',
    name: 'Characters',
    kind: 'metered',
    unit: 'character',
    aggregation: 'sum',
    credits: null,
    lateSeconds: 0,
    futureSeconds: 0,
    leased: false,
    failurePolicy: { kind: 'closed' },
  },
  amount: 10,
  room: {
    limit: 100,
    remaining: 10,
    available: 10,
    used: 90,
    reserved: 0,
    beside: 0,
    overage: null,
    windowStart: new Date('2026-11-23T00:00:00Z'),
    resetsAt: new Date('2026-11-24T00:00:00Z'),
    caps: [],
    rates: [],
    grants: [],
    seen: false,
  },
  now: NOW,
}

const withKey = (scopes: readonly Permission[], tenantId = 'ten_1'): DecisionFacts => ({
  ...granted,
  userStatus: null,
  subject: {
    caller: { kind: 'api_key', keyId: 'key_1', tenantId, scopes: [] },
    tenantId: 'ten_1',
    role: null,
    permissions: scopes,
  },
})
const withTenant = (tenant: Partial<DecisionFacts['tenant']>): DecisionFacts => ({
  ...granted,
  tenant: { ...granted.tenant, ...tenant },
})
const pastDue = (pastDueAt: number | null) => withTenant({ subscription: { id: 'sub_1', status: 'past_due', pastDueAt } })
const limitOf = (limit: number | null) =>
  withTenant({ entitlements: new Map([['characters', { featureKey: 'characters', limit, cadence: 'day' }]]) })
const ofKind = (kind: 'boolean' | 'static' | 'gauge', amount: number): DecisionFacts => ({
  ...granted,
  feature: { ...granted.feature, kind },
  amount,
  room: kind === 'gauge' ? granted.room : null,
})
const withGrant = (limit: number) =>
  withTenant({
    entitlements: new Map([['characters', { featureKey: 'characters', limit, cadence: 'day' as const, granted: true as const }]]),
  }).tenant
const rest = { name: 'burst', limit: 5, resetsAt: null }
const withRoom = (room: Partial<DecisionFacts['room'] & object>): DecisionFacts => ({
  ...granted,
  room: { ...granted.room!, ...room },
})

test.each<[string, DecisionFacts, DecisionCode]>([
  ['a member with room', granted, 'allowed'],
  ['a key with its scope', withKey(['decision:ask']), 'allowed'],
  ['a suspended person', { ...granted, userStatus: 'suspended' }, 'auth.user_suspended'],
  ['a suspended tenant', withTenant({ status: 'suspended' }), 'tenant.suspended'],
  ['a tenant that is gone', withTenant({ status: null }), 'tenant.suspended'],
  ['a person of another tenant', { ...granted, subject: { ...granted.subject, tenantId: 'ten_2' } }, 'access.not_a_member'],
  ['a key of another tenant', withKey(['decision:ask'], 'ten_2'), 'access.not_a_member'],
  ['a role without the permission', { ...granted, subject: { ...granted.subject, permissions: [] } }, 'access.forbidden'],
  ['a key without the scope', withKey(['usage:read']), 'api_key.scope_missing'],
  ['a payment overdue to the last moment of grace', pastDue(NOW - GRACE_MS), 'allowed'],
  ['a payment overdue beyond grace', pastDue(NOW - GRACE_MS - 1), 'billing.payment_overdue'],
  ['a payment overdue since an unknown time', pastDue(null), 'allowed'],
  [
    'a payment overdue beyond grace, with the default plan in force',
    withTenant({ ...pastDue(0).tenant, planSource: 'default' }),
    'allowed',
  ],
  ['no subscription', withTenant({ subscription: null }), 'allowed'],
  ['a feature the plan does not have', withTenant({ entitlements: new Map() }), 'quota.not_in_plan'],
  ['a feature the plan has none of', limitOf(0), 'quota.not_in_plan'],
  ['one unit too many', { ...granted, amount: 11 }, 'quota.limit_reached'],
  [
    'no limit',
    {
      ...limitOf(null),
      amount: 10_000,
      room: { ...granted.room!, limit: null, remaining: null, available: Number.MAX_SAFE_INTEGER },
    },
    'allowed',
  ],
  ['past the limit, where the plan allows it', { ...withRoom({ available: 20 }), amount: 11 }, 'allowed'],
  ['too fast', withRoom({ rates: [{ ...rest, remaining: 9 }] }), 'rate.limit_reached'],
  ['too fast, and too much', { ...withRoom({ rates: [{ ...rest, remaining: 9 }] }), amount: 11 }, 'rate.limit_reached'],
  ['as fast as allowed', withRoom({ rates: [{ ...rest, remaining: 10 }] }), 'allowed'],
  ['more than the part of who asks', withRoom({ caps: [{ ...rest, remaining: 9 }] }), 'quota.cap_reached'],
  ['a grant beside a plan that has none', { ...limitOf(0), tenant: withGrant(0) }, 'allowed'],
  ['a gauge asked for all that is left', ofKind('gauge', 10), 'allowed'],
  ['a gauge asked for more than is left', ofKind('gauge', 11), 'quota.limit_reached'],
  ['a static value asked for more than it is', ofKind('static', 101), 'quota.limit_reached'],
  ['a boolean, whatever the amount', ofKind('boolean', 101), 'allowed'],
])('%s', (_, facts, code) => {
  expect(firstRefusal(facts) ?? 'allowed').toBe(code)
  const refused = explainSteps(facts, 'mem_1').filter(({ outcome }) => outcome === 'refused')
  expect(refused[0]?.step ?? null).toBe(stepOf[code])
})

test('the steps are those of the contract, in its order, and each explains itself with evidence', () => {
  expect(steps.map(({ step }) => step)).toEqual(decisionSteps)
  const explained = explainSteps(granted, 'mem_1')
  expect(explained.map(({ step }) => step)).toEqual(decisionSteps)
  for (const { detail, evidence } of explained) {
    expect(detail).toMatch(/\.$/)
    expect(evidence.length).toBeGreaterThan(0)
  }
  const kinds = new Set(explained.flatMap(({ evidence }) => evidence.map(({ kind }) => kind)))
  expect([...kinds].sort()).toEqual([
    'balance',
    'feature',
    'member',
    'plan',
    'plan_version',
    'role',
    'session',
    'subscription',
    'tenant',
    'user',
  ])
})

test('an earlier step that refuses hides every later one', () => {
  const everything: DecisionFacts = {
    ...withTenant({ status: 'suspended', entitlements: new Map() }),
    subject: { ...granted.subject, permissions: [] },
  }
  expect(firstRefusal(everything)).toBe('tenant.suspended')
  const order: DecisionStep[] = explainSteps(everything, null)
    .filter(({ outcome }) => outcome === 'refused')
    .map(({ step }) => step)
  expect(order).toEqual(['status', 'permission', 'entitlement'])
})
