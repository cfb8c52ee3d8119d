import type { FeatureUsage } from '@tollkeeper/shared'
import type { FakeAnswers } from '../answers.ts'
import { ago, day, id, inFuture, minute, tenants, user } from './made-up.ts'
import { entitlements } from './plans.ts'

function usage(used: number[], resets: (string | null)[]): FeatureUsage[] {
  return entitlements([50_000, 5000, 1000, 5, 10]).map(({ feature, name, kind, unit, cadence, limit }, index) => ({
    feature,
    name,
    kind,
    unit,
    cadence,
    limit,
    used: used[index] ?? 0,
    reserved: 0,
    remaining: limit === null ? null : limit - (used[index] ?? 0),
    windowStart: null,
    resetsAt: resets[index] ?? null,
  }))
}

const allowed = {
  allowed: true,
  decisionId: id('dec', 1),
  code: 'allowed' as const,
  step: null,
  feature: 'characters',
  amount: 412,
  remaining: 12_088,
  limit: 50_000,
  resetsAt: inFuture(5 * 60 * minute),
  remedies: [],
}
const denied = {
  ...allowed,
  allowed: false,
  decisionId: id('dec', 2),
  code: 'quota.limit_reached' as const,
  step: 'quota' as const,
  amount: 60_000,
  remedies: [
    { kind: 'upgrade' as const, plan: 'pro', limit: 500_000 },
    { kind: 'use_less' as const, amount: 12_500 },
    { kind: 'wait' as const, until: inFuture(5 * 60 * minute) },
  ],
}

/** What was used, and what is answered to who asks for more. */
export const usageAndDecisions: FakeAnswers = {
  'quota.current': () => ({
    tenantId: tenants[0]?.id ?? '',
    plan: 'starter',
    asOf: ago(0),
    features: usage([37_500, 4312, 1000, 2, 1], [inFuture(5 * 60 * minute), inFuture(5 * 60 * minute)]),
  }),
  'quota.daily': () => ({
    feature: 'characters',
    unit: 'character',
    days: Array.from({ length: 30 }, (_, index) => ({
      date: ago((29 - index) * day).slice(0, 10),
      amount: index % 7 > 4 ? 2000 + index * 100 : Math.round(24_000 + 22_000 * Math.sin(index / 3) + index * 250),
    })),
  }),
  'quota.history': ({
    by,
    feature = 'characters',
    property,
  }: {
    by?: 'feature' | 'member' | 'key' | 'property'
    feature?: string
    property?: string
  }) => ({
    granularity: 'day',
    timeZone: 'UTC',
    by: by ?? 'feature',
    property: property ?? null,
    until: inFuture(0),
    eventsKeptFrom: ago(400 * day),
    buckets: Array.from({ length: 30 }, (_, index) => `${ago((29 - index) * day).slice(0, 10)}T00:00:00+00:00`),
    series: (by === undefined || by === 'feature'
      ? [null]
      : [id('usr', 1), 'a very long value of a property that goes on and on', null]
    ).map((key, place) => {
      const amounts = Array.from({ length: 30 }, (_, index) => Math.round((9_000 + 8_000 * Math.sin(index / 3)) / (place + 1)))
      const total = amounts.reduce((sum, amount) => sum + amount, 0)
      return { feature, unit: 'character', key, label: place === 0 && key ? 'Ada Lovelace' : null, isRest: false, total, amounts }
    }),
  }),
  'quota.events': () => ({
    rows: Array.from({ length: 8 }, (_, index) => ({
      id: index === 2 ? `translate:${'document-'.repeat(12)}7` : `translate:${8_412 - index}`,
      feature: 'characters',
      amount: 1_200 + index * 731,
      at: ago(index * 47 * minute),
      receivedAt: ago(index * 47 * minute),
      caller: id('key', 1),
      member: null,
      properties: { language: index % 2 ? 'de' : 'fr' },
    })),
    nextCursor: 'more',
  }),
  'quota.rejectedEvents': () => ({
    rows: [
      {
        id: 'translate:7001',
        code: 'quota.event_too_old',
        field: 'at',
        feature: 'characters',
        amount: 300,
        at: ago(40 * day),
        caller: id('key', 1),
        firstAt: ago(day),
        lastAt: ago(minute),
        times: 14,
      },
    ],
    nextCursor: null,
  }),
  'quota.eventTrace': ({ id: event }: { id: string }) => ({
    id: event,
    state: event.endsWith('7001') ? 'rejected' : 'counted',
    event: {
      id: event,
      feature: 'characters',
      amount: 1_200,
      at: ago(2 * minute),
      receivedAt: ago(minute),
      caller: id('key', 1),
      member: null,
      properties: { language: 'fr' },
    },
    repeatedAt: ago(minute / 2),
    steps: (['received', 'deduplicated', 'matched', 'counted', 'rated'] as const).map((step) => ({
      step,
      outcome: event.endsWith('7001') ? (step === 'received' ? 'refused' : 'not_reached') : 'passed',
      at: ago(minute),
      code: event.endsWith('7001') && step === 'received' ? 'quota.event_too_old' : null,
      detail:
        step === 'counted'
          ? `1200 in the window that holds ${ago(2 * minute)}.`
          : step === 'matched'
            ? 'characters is a metered feature of the plan.'
            : '',
      evidence:
        step === 'counted'
          ? [
              { kind: 'ledger_entry', id: '88213' },
              { kind: 'balance', id: 'characters/2026-11-25T00:00:00.000Z/plan' },
            ]
          : [],
    })),
    refusals: [],
  }),
  'quota.authorize': () => denied,
  'quota.explain': () => ({
    decision: denied,
    smallestChange: denied.remedies[1] ?? null,
    steps: [
      {
        step: 'credential',
        outcome: 'passed',
        code: 'allowed',
        detail: 'A session of Ada Lovelace.',
        evidence: [{ kind: 'user', id: user.id }],
      },
      { step: 'status', outcome: 'passed', code: 'allowed', detail: 'The account and the tenant are active.', evidence: [] },
      {
        step: 'membership',
        outcome: 'passed',
        code: 'allowed',
        detail: 'Owner of the tenant.',
        evidence: [{ kind: 'member', id: id('mem', 1) }],
      },
      { step: 'permission', outcome: 'passed', code: 'allowed', detail: 'The role holds decision:ask.', evidence: [] },
      {
        step: 'subscription',
        outcome: 'passed',
        code: 'allowed',
        detail: 'Starter, paid until next month.',
        evidence: [{ kind: 'subscription', id: id('sub', 1) }],
      },
      { step: 'entitlement', outcome: 'passed', code: 'allowed', detail: 'Starter grants 50,000 characters a day.', evidence: [] },
      { step: 'quota', outcome: 'refused', code: 'quota.limit_reached', detail: '60,000 asked, 12,500 left.', evidence: [] },
    ],
  }),
}
