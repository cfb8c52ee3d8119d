import type { ErrorCode } from '@tollkeeper/shared'

/** What to do next, for who reads it on a page. The server's own words tell a program which call to make. */
const onAPage: Partial<Record<ErrorCode, string>> = {
  'auth.unauthenticated': 'Sign in.',
  'auth.confirmation_needed': 'Enter the password that was chosen for it as well.',
  'auth.password_missing': 'Set a password on your account page first.',
  'auth.password_set': 'Load the page again, then change it.',
  'auth.second_factor_needed': 'Go on with your second step.',
  'auth.step_up_needed': 'Try again, and prove who you are when you are asked; or sign in again.',
  'auth.step_up_method': 'Choose another way, or sign in again.',
  'auth.overloaded': 'Try again in a moment.',
  'auth.provider_not_tied': 'Load the page again to see which accounts are connected.',
  'auth.passkey_not_found': 'Load the page again to see which passkeys you have.',
  'access.cross_origin': 'Open these pages by the address this service is known under.',
  'api_key.scope_missing': 'Sign in: no API key may do this.',
  'invitation.too_many': 'Wait a while, or revoke some of those that are open.',
  'rate.limited': 'Wait a moment, then try again.',
  'service.internal': 'Try again. If it stays, tell the people who run this service the request below.',
  'session.not_found': 'It may have ended already. Load the page again.',
  'tenant.not_found': 'You may no longer belong to it. Choose another tenant at the top of the page.',
  'tenant.not_chosen': 'Choose one at the top of the page.',
  'tenant.second_factor_needed': 'Set up two-step sign-in, or sign in again with both steps.',
}

/** @param told what the server says to do */
export function whatNext(code: string, told: string): string {
  return onAPage[code as ErrorCode] ?? told
}
