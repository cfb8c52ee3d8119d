import type { ErrorCode } from '@tollkeeper/shared'

/** What happened, and what to do next. */
export interface Telling {
  title: string
  next: string
}

/** For who reads it on a page. The server's own words tell a program which call to make. */
const onAPage: Partial<Record<ErrorCode, Partial<Telling>>> = {
  'auth.unauthenticated': { title: 'Nobody is signed in.', next: 'Sign in.' },
  'auth.confirmation_needed': { next: 'Enter the password that was chosen for it as well.' },
  'auth.token_invalid': {
    title: 'This link does not work: it is not whole, or was used before.',
    next: 'Open the link of the newest mail, or ask for another one.',
  },
  'auth.token_expired': { title: 'The time of this link is over.', next: 'Ask for another one.' },
  'auth.device_expired': { next: 'Start again on the device, and enter the code it shows then.' },
  'auth.password_missing': { next: 'Set a password on your account page first.' },
  'auth.password_set': { next: 'Load the page again, then change it.' },
  'auth.second_factor_needed': { next: 'Go on with your second step.' },
  'auth.step_up_needed': {
    title: 'You have not shown that it is you.',
    next: 'Try again, and show it when you are asked; or sign in again.',
  },
  'auth.step_up_method': { next: 'Choose another way, or sign in again.' },
  'auth.overloaded': { next: 'Try again in a moment.' },
  'auth.provider_not_tied': { next: 'Load the page again to see which accounts are connected.' },
  'auth.passkey_not_found': { next: 'Load the page again to see which passkeys you have.' },
  'access.cross_origin': { next: 'Open these pages by the address this service is known under.' },
  'api_key.scope_missing': { next: 'Sign in: no API key may do this.' },
  'invitation.too_many': { next: 'Wait a while, or revoke some of those that are open.' },
  'rate.limited': { next: 'Wait a moment, then try again.' },
  'service.internal': { next: 'Try again. If it stays, tell the people who run this service the request below.' },
  'session.not_found': { next: 'It may have ended already. Load the page again.' },
  'tenant.not_found': { next: 'You may no longer belong to it. Choose another tenant at the top of the page.' },
  'tenant.not_chosen': { next: 'Choose one at the top of the page.' },
  'tenant.second_factor_needed': {
    title: 'This tenant asks for two-step sign-in.',
    next: 'Set it up, or sign in again with both steps.',
  },
}

/** @param told what the server says */
export function tellOnPage(code: string, told: Telling): Telling {
  return { ...told, ...onAPage[code as ErrorCode] }
}
