import type { FakeAnswers } from './answers.ts'
import { full } from './full.ts'
import { never, refuse } from './refusal.ts'

const fail = refuse('service.internal')

/** Who is signed in is known; every other question fails on the server's side. */
export const failing: FakeAnswers = {
  'auth.me': full['auth.me'],
  'auth.signIn': refuse('auth.invalid_credentials'),
  'auth.register': refuse('input.invalid', undefined, { faults: [{ path: 'email', message: 'Invalid email address' }] }),
  'auth.confirmRegistration': refuse('auth.token_invalid'),
  'auth.device.describe': refuse('auth.device_expired'),
  'catalog.plans': fail,
  'quota.current': fail,
  'quota.daily': fail,
  'quota.history': fail,
  'quota.events': fail,
  'quota.rejectedEvents': fail,
  'quota.eventTrace': fail,
  'quota.authorize': fail,
  'quota.explain': fail,
  'apiKey.list': fail,
  'apiKey.issue': fail,
  'billing.current': fail,
  'billing.invoices': fail,
  'billing.subscribe': refuse('billing.provider_unavailable'),
  'tenant.member.list': fail,
  'tenant.invitation.list': fail,
  'tenant.invitation.describe': refuse('invitation.not_found'),
  'auth.account.read': fail,
  'auth.waysIn': fail,
  'auth.passkey.list': fail,
  'auth.provider.list': fail,
  'auth.challenge.read': refuse('auth.challenge_ended'),
  'auth.secondFactor.read': fail,
  'auth.session.list': fail,
  'auth.session.history': fail,
  'audit.list': fail,
}

/** Who is signed in is known; every other answer is still on its way. */
export const loading: FakeAnswers = {
  'auth.me': full['auth.me'],
  'auth.device.describe': never,
  'catalog.plans': never,
  'quota.current': never,
  'quota.daily': never,
  'quota.history': never,
  'quota.events': never,
  'quota.rejectedEvents': never,
  'apiKey.list': never,
  'billing.current': never,
  'billing.invoices': never,
  'tenant.member.list': never,
  'tenant.invitation.list': never,
  'tenant.invitation.describe': never,
  'auth.account.read': never,
  'auth.waysIn': never,
  'auth.passkey.list': never,
  'auth.provider.list': never,
  'auth.challenge.read': never,
  'auth.secondFactor.read': never,
  'auth.session.list': never,
  'auth.session.history': never,
  'audit.list': never,
}
