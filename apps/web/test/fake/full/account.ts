import type { FakeAnswers } from '../answers.ts'
import { ago, day, id, inFuture, minute, tenants, user } from './made-up.ts'

const backupCodes = Array.from({ length: 10 }, (_, index) => `7k3q-x9m${index}-w2ba-h4t8`)
const preferences = {
  locale: 'en' as const,
  timeZone: 'Europe/London',
  theme: 'system' as const,
  notifications: { newSignIn: true, keyIssued: true, quota: true, billing: true, receipt: true },
}

/** A person's own account: how they come in, where they are signed in, and what is held about them. */
export const account: FakeAnswers = {
  'auth.account.read': () => ({
    hasPassword: true,
    pendingEmail: 'ada@new.example.com',
    preferences,
  }),
  'auth.account.setAvatar': () => ({ user, tenants }),
  'auth.account.removeAvatar': () => ({ user, tenants }),
  'personalData.requestDeletion': () => ({ deletesAt: inFuture(14 * day) }),
  'personalData.cancelDeletion': () => ({ done: true }),
  'auth.secondFactor.read': () => ({
    enabled: true,
    methods: ['passkey', 'totp', 'backup_code'],
    totpSince: ago(40 * minute),
    passkeysSince: ago(20 * minute),
    passkeys: 2,
    backupCodesLeft: 2,
    requiredBy: ['Acme'],
  }),
  'auth.secondFactor.offerTotp': () => ({
    secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    uri: 'otpauth://totp/Tollkeeper:ada%40example.com?issuer=Tollkeeper&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  }),
  'auth.secondFactor.confirmTotp': () => ({ backupCodes }),
  'auth.secondFactor.renewBackupCodes': () => ({ backupCodes }),
  'auth.session.list': () => ({
    sessions: [
      {
        id: id('ses', 1),
        device: { program: 'Firefox', system: 'Linux' },
        address: '203.0.113.7',
        createdAt: ago(3 * day),
        lastSeenAt: ago(2 * minute),
        expiresAt: inFuture(27 * day),
        current: true,
      },
      {
        id: id('ses', 2),
        device: { program: 'Safari', system: 'iOS' },
        address: '2001:db8:12:3400::7',
        createdAt: ago(9 * day),
        lastSeenAt: ago(day),
        expiresAt: inFuture(21 * day),
        current: false,
      },
    ],
  }),
  'auth.session.history': () => ({
    rows: [
      {
        id: '12',
        method: 'password',
        outcome: 'failure',
        reason: 'wrong_password',
        address: '198.51.100.20',
        device: { program: 'curl', system: null },
        at: ago(40 * minute),
      },
      {
        id: '11',
        method: 'github',
        outcome: 'success',
        reason: null,
        address: '203.0.113.7',
        device: { program: 'Firefox', system: 'Linux' },
        at: ago(3 * day),
      },
    ],
    nextCursor: null,
  }),
  'auth.passkey.list': () => ({
    passkeys: [
      { id: id('psk', 1), name: 'Chrome (macOS)', backedUp: true, createdAt: ago(40 * day), lastUsedAt: ago(3 * 60 * minute) },
      { id: id('psk', 2), name: 'The grey key in the drawer', backedUp: false, createdAt: ago(9 * day), lastUsedAt: null },
    ],
  }),
  'auth.provider.list': () => ({
    accounts: [{ provider: 'github', linkedAt: ago(20 * day) }],
    providers: ['github', 'google'],
  }),
  'auth.account.preferences': () => preferences,
  'auth.account.changePreferences': () => preferences,
  'auth.account.setPassword': () => ({ done: true }),
}
