import type { FakeAnswers } from './answers.ts'
import { full } from './full.ts'

const emptyHistory = {
  granularity: 'day' as const,
  timeZone: 'UTC',
  by: 'feature' as const,
  property: null,
  until: '2026-11-24T00:00:00Z',
  eventsKeptFrom: '2025-10-01T00:00:00Z',
}

/** A tenant that was made a moment ago: on the free plan, with nothing done yet. */
export const empty: FakeAnswers = {
  ...full,
  'quota.daily': () => ({ feature: 'characters', unit: 'characters', days: [{ date: '2026-11-23', amount: 0 }] }),
  'quota.history': () => ({ ...emptyHistory, buckets: ['2026-11-23T00:00:00+00:00'], series: [] }),
  'quota.events': () => ({ rows: [], nextCursor: null }),
  'quota.rejectedEvents': () => ({ rows: [], nextCursor: null }),
  'apiKey.list': () => ({ rows: [], nextCursor: null }),
  'billing.current': () => ({
    plan: 'free',
    planName: 'Free',
    status: 'none',
    price: { amountMinor: 0, currency: 'cny' },
    currentPeriodStart: null,
    currentPeriodEnd: null,
    cancelAtPeriodEnd: false,
    id: null,
  }),
  'billing.invoices': () => ({ invoices: [] }),
  'tenant.member.list': () => ({ rows: [], nextCursor: null, total: 0 }),
  'tenant.invitation.list': () => ({ rows: [], nextCursor: null }),
  'tenant.security.membersWithout': () => ({ rows: [], nextCursor: null, total: 0 }),
  'auth.account.read': () => ({
    hasPassword: false,
    pendingEmail: null,
    preferences: {
      locale: 'en',
      timeZone: 'UTC',
      theme: 'system',
      notifications: { newSignIn: true, keyIssued: true, quota: true, billing: true, receipt: true },
    },
  }),
  'auth.waysIn': () => ({ providers: ['github'], passkeys: true }),
  'auth.passkey.list': () => ({ passkeys: [] }),
  'auth.provider.list': () => ({ accounts: [], providers: ['github'] }),
  'auth.secondFactor.read': () => ({
    enabled: false,
    methods: [],
    totpSince: null,
    passkeysSince: null,
    passkeys: 0,
    backupCodesLeft: 0,
    requiredBy: ['Acme'],
  }),
  'auth.session.list': () => ({ sessions: [] }),
  'auth.session.history': () => ({ rows: [], nextCursor: null }),
  'audit.list': () => ({ rows: [], nextCursor: null }),
}
