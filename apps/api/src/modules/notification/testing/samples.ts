import type { DataOf, TemplateName } from '../templates/index.ts'

/** What somebody might put wherever they can, to see what becomes of it in a mail. */
export const hostile = '<img src=x onerror=alert(1)>"\'&\r\nBcc: all@example.com http://evil.example'

const token = 'a"b&c/../<d>'
const at = '2026-11-23 10:00 UTC'

/** Something to fill every template with, as hostile as it can get there. */
export const samples: { [Name in TemplateName]: DataOf<Name> } = {
  'verify-email': { token, hours: 24 },
  'already-registered': {},
  welcome: { name: hostile },
  'sign-in-ended': { name: hostile, signedInAt: at, device: hostile },
  'reset-password': { token, hasPassword: true },
  'password-changed': { name: hostile, at },
  'confirm-new-email': { token, hours: 24 },
  'email-change-asked': { name: hostile, newEmail: hostile, token },
  'email-changed': { name: hostile, newEmail: hostile, at },
  'new-sign-in': { name: hostile, at, device: hostile, address: hostile, token },
  'sign-in-mail': { token, code: '012345', minutes: 10 },
  'way-in-changed': { name: hostile, change: 'added', way: 'passkey', at },
  impersonated: { name: hostile, at, reason: hostile },
  'second-factor-changed': { name: hostile, change: 'off', at },
  'deletion-scheduled': { name: hostile, on: at, days: 14 },
  'deletion-cancelled': { name: hostile, at },
  invitation: { tenant: hostile, inviter: hostile, role: 'admin', token, days: 7 },
  'key-issued': { name: hostile, tenant: hostile, key: hostile, prefix: hostile, issuer: hostile, at },
  'quota-near': { name: hostile, tenant: hostile, feature: hostile, used: 41_000, limit: 50_000, resetsAt: at },
  'quota-reached': { name: hostile, tenant: hostile, feature: hostile, used: 50_000, limit: 50_000, resetsAt: null },
  'payment-failed': { name: hostile, tenant: hostile, plan: hostile, amount: '¥99.00 CNY', until: at },
  'trial-ending': { name: hostile, tenant: hostile, plan: hostile, price: '¥99.00 CNY', endsAt: at },
  receipt: { name: hostile, tenant: hostile, number: hostile, amount: '¥99.00 CNY', paidAt: at },
}

export const templateNames = Object.keys(samples) as TemplateName[]
