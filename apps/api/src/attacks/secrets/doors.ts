import { codeBeside } from './second-steps.ts'
import type { Door } from './secret.ts'

const newPassword = 'quartz lantern orchard 57'

/** Every place where somebody presents a secret. `doors.test.ts` finds those that are missing. */
export const doors: readonly Door[] = [
  {
    name: 'verify an address',
    procedure: 'auth.verifyEmail',
    open: (call, secret) => call('GET', `/auth/verify-email?token=${encodeURIComponent(secret)}`),
  },
  {
    name: 'confirm a registration',
    procedure: 'auth.confirmRegistration',
    open: (call, token, { password }) => call('POST', '/auth/verify-email', { token, password }),
  },
  {
    name: 'reset the password',
    procedure: 'auth.account.resetPassword',
    open: (call, token) => call('POST', '/auth/reset-password', { token, password: newPassword }),
  },
  {
    name: 'confirm a new address',
    procedure: 'auth.account.confirmEmail',
    open: (call, token) => call('POST', '/auth/confirm-email', { token }),
  },
  {
    name: 'cancel a change of address',
    procedure: 'auth.account.cancelEmailChange',
    open: (call, token) => call('POST', '/auth/cancel-email-change', { token }),
  },
  {
    name: 'disown a sign-in',
    procedure: 'auth.session.notMe',
    open: (call, token) => call('POST', '/auth/not-me', { token }),
  },
  {
    name: 'enter a browser as somebody',
    procedure: 'auth.enterImpersonation',
    open: (call, token) => call('POST', '//trpc/auth.enterImpersonation', { token }),
  },
  {
    name: 'poll for a device',
    procedure: 'auth.device.poll',
    open: (call, deviceCode) => call('POST', '/auth/device/token', { deviceCode }),
  },
  {
    name: 'refresh',
    procedure: 'auth.refresh',
    open: (call, refreshToken) => call('POST', '/auth/refresh', { refreshToken }),
  },
  {
    name: 'register as who was invited',
    procedure: 'auth.registerInvited',
    open: (call, token) => call('POST', '/invitations/register', { token, name: 'New', password: newPassword }),
  },
  {
    name: 'accept an invitation',
    procedure: 'tenant.invitation.accept',
    open: (_call, token, person) => person.call('POST', '/invitations/accept', { token }),
  },
  {
    name: 'decline an invitation',
    procedure: 'tenant.invitation.decline',
    open: (call, token) => call('POST', '/invitations/decline', { token }),
  },
  {
    name: 'read an invitation',
    procedure: 'tenant.invitation.describe',
    open: (call, token) => call('GET', `/invitations?token=${encodeURIComponent(token)}`),
  },
  {
    name: 'finish a sign-in',
    procedure: 'auth.challenge.login',
    open: (call, challenge) => {
      const body = { method: 'totp', code: codeBeside.get(challenge) ?? '000000' }
      return call('POST', '/auth/challenge', body, { authorization: `Bearer ${challenge}` })
    },
  },
  {
    name: 'sign in by a mailed link',
    procedure: 'auth.mail.loginWithLink',
    open: (call, token) => call('POST', '/auth/mail/link', { token }),
  },
  {
    name: 'sign in by a mailed code',
    procedure: 'auth.mail.loginWithCode',
    open: (call, attempt) => call('POST', '/auth/mail/code', { attempt, code: codeBeside.get(attempt) ?? '000000' }),
  },
  {
    name: 'prove again who one is',
    procedure: 'auth.stepUp.prove',
    // the session it was asked for in, where it is of one
    open: (call, secret, person) => {
      const session = codeBeside.get(secret)
      const body = { method: 'mail_code', secret }
      return session
        ? call('POST', '/auth/step-up', body, { authorization: `Bearer ${session}` })
        : person.call('POST', '/auth/step-up', body)
    },
  },
  {
    name: 'a bearer token',
    procedure: null,
    open: (call, secret) => call('GET', '/subscriptions/current', undefined, { authorization: `Bearer ${secret}` }),
  },
  {
    name: 'the X-Api-Key header',
    procedure: null,
    open: (call, secret) => call('GET', '/subscriptions/current', undefined, { 'x-api-key': secret }),
  },
  {
    name: "the session's cookie",
    procedure: null,
    open: (call, secret) =>
      call('GET', '/subscriptions/current', undefined, { cookie: `tollkeeper.session=${encodeURIComponent(secret)}` }),
  },
]

export function doorNamed(name: string): Door {
  const door = doors.find((one) => one.name === name)
  if (!door) throw new Error(`There is no door named ${name}`)
  return door
}
