import type { FakeAnswers } from './answers.ts'
import { full } from './full.ts'

/** A tenant that was made a moment ago: on the free plan, with nothing done yet. */
export const empty: FakeAnswers = {
  ...full,
  'quota.daily': () => ({ feature: 'characters', unit: 'characters', days: [{ date: '2026-11-23', amount: 0 }] }),
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
  'auth.session.list': () => ({ sessions: [] }),
  'auth.session.history': () => ({ rows: [], nextCursor: null }),
  'audit.list': () => ({ rows: [], nextCursor: null }),
}
