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
  feature: { key: 'characters', name: 'Characters', kind: 'metered', unit: 'character' },
  amount: 10,
  room: { remaining: 10, used: 90, windowStart: new Date('2026-11-23T00:00:00Z'), resetsAt: new Date('2026-11-24T00:00:00Z') },
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
  room: null,
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
  ['no limit', { ...limitOf(null), amount: 10_000, room: { ...granted.room!, remaining: null } }, 'allowed'],
  ['a gauge asked for all of its limit', ofKind('gauge', 100), 'allowed'],
  ['a gauge asked for more than its limit', ofKind('gauge', 101), 'quota.limit_reached'],
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
