import type { FakeAnswers } from '../answers.ts'
import { inFuture, minute, tenants, user } from './made-up.ts'

/** Signing up and in, the second step, and the proof that is asked for again. */
export const comingIn: FakeAnswers = {
  'auth.me': () => ({ user, tenants }),
  'auth.signIn': () => ({ user, tenants }),
  'auth.signOut': () => ({ done: true }),
  'auth.register': () => ({ status: 'check_your_mail' }),
  'auth.resendVerification': () => ({ status: 'check_your_mail' }),
  'auth.confirmRegistration': () => ({ email: user.email, verified: true }),
  'auth.account.forgotPassword': () => ({ status: 'check_your_mail' }),
  'auth.account.resetPassword': () => ({ email: user.email }),
  'auth.challenge.read': () => ({ methods: ['passkey', 'totp', 'backup_code'], expiresAt: inFuture(9 * minute) }),
  'auth.challenge.signIn': () => ({ user, tenants }),
  'auth.stepUp.options': () => ({ methods: ['passkey', 'totp', 'backup_code'], freshUntil: inFuture(0) }),
  'auth.stepUp.prove': () => ({ freshUntil: inFuture(10 * minute) }),
  'auth.device.describe': () => ({ userCode: 'WDJB-MJHT', client: 'console', status: 'pending', expiresAt: inFuture(9 * minute) }),
  'auth.waysIn': () => ({ providers: ['github', 'google'], passkeys: true }),
  'auth.mail.ask': () => ({ status: 'check_your_mail', attempt: 'a'.repeat(43), expiresAt: inFuture(10 * minute) }),
}
