import type { DataOf, TemplateName } from '../templates/index.ts'

/** What somebody might put wherever they can, to see what becomes of it in a mail. */
export const hostile = '<img src=x onerror=alert(1)>"\'&\r\nBcc: all@example.com http://evil.example'

const token = 'a"b&c/../<d>'
const at = '2026-11-23 10:00 UTC'

type Samples = { [Name in TemplateName]: DataOf<Name> }

/** Something to fill every template with: `words` wherever somebody could have written them. */
export const samplesOf = (words: string): Samples => ({
  'verify-email': { token, hours: 24 },
  'already-registered': {},
  welcome: { name: words },
  'sign-in-ended': { name: words, signedInAt: at, device: words },
  'reset-password': { token, hasPassword: true },
  'password-changed': { name: words, at },
  'confirm-new-email': { token, hours: 24 },
  'email-change-asked': { name: words, newEmail: words, token },
  'email-changed': { name: words, newEmail: words, at },
  'new-sign-in': { name: words, at, device: words, address: words, token },
  'sign-in-mail': { token, code: '012345', minutes: 10 },
  'step-up-code': { name: words, code: '012345', minutes: 10 },
  'way-in-changed': { name: words, change: 'added', way: 'passkey', at },
  impersonated: { name: words, at, reason: words },
  'second-factor-changed': { name: words, change: 'off', at },
  'deletion-scheduled': { name: words, on: at, days: 14 },
  'deletion-cancelled': { name: words, at },
  invitation: { tenant: words, inviter: words, role: 'admin', token, days: 7 },
  'key-issued': { name: words, tenant: words, key: words, prefix: words, issuer: words, at },
  'quota-near': { name: words, tenant: words, feature: words, used: 41_000, limit: 50_000, resetsAt: at },
  'quota-reached': { name: words, tenant: words, feature: words, used: 50_000, limit: 50_000, resetsAt: null },
  'payment-failed': { name: words, tenant: words, plan: words, amount: '¥99.00 CNY', until: at },
  'trial-ending': { name: words, tenant: words, plan: words, price: '¥99.00 CNY', endsAt: at },
  receipt: { name: words, tenant: words, number: words, amount: '¥99.00 CNY', paidAt: at },
})

/** As hostile as it can get. */
export const samples = samplesOf(hostile)

export const templateNames = Object.keys(samples) as TemplateName[]
