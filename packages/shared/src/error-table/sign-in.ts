import { type ErrorRow, row } from './row.ts'

/** Who somebody is, and what is theirs. */
export const signInErrors = {
  'auth.unauthenticated': row(
    401,
    'This needs a caller, and none was named.',
    'Send an API key or an access token as `Authorization: Bearer …`, or sign in.',
  ),
  'auth.invalid_credentials': row(401, 'The email and password do not belong together.', 'Check both, or reset the password.'),
  'auth.email_unverified': row(
    403,
    'This address has not been verified yet.',
    'Open the link in the verification mail; a new one was sent.',
  ),
  'auth.token_invalid': row(401, 'The token is not one of ours, or has been used up.', 'Sign in again.'),
  'auth.token_expired': row(401, 'The token has expired.', 'Refresh it, or sign in again.'),
  'auth.link_invalid': row(
    401,
    'The link is not one of ours, was used before, or a newer one has taken its place.',
    'Open the newest mail, or ask for another one.',
  ),
  'auth.link_expired': row(401, 'The link is too old.', 'Ask for another one.'),
  'auth.confirmation_needed': row(
    403,
    'The account was asked for from elsewhere, so the link alone does not prove that it was you.',
    'Send the password that was chosen for it as well, to POST /auth/verify-email.',
  ),
  'auth.password_wrong': row(403, 'The password is not the one of this account.', 'Check it, or reset it.'),
  'auth.password_missing': row(
    403,
    'This account has no password yet.',
    'Set one by POST /auth/forgot-password with its address, then try again.',
  ),
  'auth.email_taken': row(409, 'Another account has this address now.', 'Sign in to that account, or use another address.'),
  'auth.second_factor_needed': row(
    401,
    'The first step is done; this account asks for a second one.',
    'Send a code of the authenticator app, or a backup code, to POST /auth/challenge, or a passkey to POST /auth/challenge/passkey, with the token in `challenge` as `Authorization: Bearer …`.',
  ),
  'auth.second_factor_wrong': row(
    403,
    'This code is not right, or was used before.',
    'Wait for the next code of the authenticator app, or use a backup code.',
  ),
  'auth.second_factor_set': row(409, 'This is part of your two-step sign-in already.', 'Remove it first, then set it up again.'),
  'auth.second_factor_missing': row(
    409,
    'This account has no such second step.',
    'Set up an authenticator app, or turn two-step sign-in on with a passkey, first.',
  ),
  'auth.last_second_factor': row(
    409,
    'This is the last passkey, and two-step sign-in asks for it.',
    'Add another passkey or an authenticator app first, or turn two-step sign-in off.',
  ),
  'auth.step_up_needed': row(
    403,
    'This asks for proof of who you are that is less than ten minutes old.',
    'Prove it by POST /auth/step-up, or sign in again, then send this again.',
  ),
  'auth.step_up_method': row(
    403,
    'This account cannot prove who you are in this way.',
    'See GET /auth/step-up for the ways it has; without any, sign in again.',
  ),
  'auth.step_up_code_wrong': row(
    403,
    'This code is not the one that was mailed to you.',
    'Check it; after five wrong codes, or ten minutes, have another one mailed.',
  ),
  'auth.challenge_ended': row(
    401,
    'This sign-in has ended: it took too long, or had too many wrong codes.',
    'Sign in again from the beginning.',
  ),
  'auth.session_ended': row(401, 'The session has ended.', 'Sign in again.'),
  'auth.refresh_reused': row(
    401,
    'This refresh token was used before, so every token of its sign-in has been ended.',
    'Sign in again; if it was not you, change your password.',
  ),
  'auth.user_suspended': row(403, 'This account is suspended.', 'Ask the operator of this service.'),
  'auth.password_refused': row(
    400,
    'This password cannot be used.',
    'Choose one of 12 to 128 characters that is not on the list of breached passwords.',
  ),
  'auth.overloaded': row(
    503,
    'Too many people are signing in at this moment.',
    'Send it again after the seconds in `Retry-After`.',
  ),
  'auth.device_pending': row(
    400,
    'The request to sign in has not been approved yet.',
    'Ask again after the interval that was given.',
  ),
  'auth.device_slow_down': row(400, 'The device asks too often.', 'Wait five seconds longer between two calls.'),
  'auth.device_denied': row(403, 'The request to sign in was refused.', 'Start again.'),
  'auth.device_expired': row(400, 'The code has expired, or was used.', 'Start again.'),
  'auth.code_wrong': row(
    401,
    'This code is not the one that was mailed for this sign-in.',
    'Check it; after five wrong codes, or ten minutes, ask for another mail.',
  ),
  'auth.provider_unknown': row(404, 'This server does not sign people in with that provider.', 'Sign in another way.'),
  'auth.provider_state': row(
    400,
    'This way back from the provider was used before, has expired, or began in another browser.',
    'Begin again from the sign-in page.',
  ),
  'auth.provider_refused': row(
    403,
    'The provider did not let you through, or you stopped there.',
    'Begin again from the sign-in page.',
  ),
  'auth.provider_failed': row(502, 'The provider did not say who you are.', 'Try again in a moment, or sign in another way.'),
  'auth.provider_unverified': row(
    403,
    'Your address is not verified at the provider, so it does not show who you are.',
    'Verify it there and try again, or sign in another way.',
  ),
  'auth.provider_not_linked': row(
    403,
    'There is an account with this address, but nobody has proved the address here.',
    'Have a sign-in link mailed to it, then try again.',
  ),
  'auth.provider_other_address': row(
    409,
    'The account at the provider has another address than yours here.',
    'Use the same address on both sides, then try again.',
  ),
  'auth.provider_taken': row(
    409,
    'The account at the provider belongs to somebody else here.',
    'Sign in with it, and unlink it there.',
  ),
  'auth.provider_not_tied': row(404, 'Your account is not linked with that provider.', 'See GET /auth/oauth/accounts.'),
  'auth.last_way_in': row(
    409,
    'Without this nobody could come into the account any more.',
    'Set a password, add a passkey or link another account first. A mail does not count: an address can be lost.',
  ),
  'auth.passkey_refused': row(401, 'This passkey could not be verified.', 'Try again from the beginning, or sign in another way.'),
  'auth.passkey_not_found': row(404, 'You have no such passkey.', 'See GET /users/me/passkeys.'),
  'auth.passkey_limit': row(409, 'You have twenty passkeys, which is all there can be.', 'Remove one that you do not use.'),
  'auth.passkeys_unavailable': row(
    409,
    'This server is reached by an IP address, and passkeys need a name.',
    'Sign in another way. The operator can give the server a name in TOLLKEEPER_URL.',
  ),
  'auth.password_set': row(409, 'This account has a password already.', 'Change it with PUT /users/me/password.'),
  'avatar.refused': row(
    400,
    'This is not a picture that can be used.',
    'Send a PNG, JPEG, WebP or GIF of at most 24 megapixels and 700 kB.',
  ),
  'user.owns_tenants': row(
    409,
    'You are the only owner of a tenant that others use.',
    'Make another member an owner of each tenant named, or remove everybody from it, and ask again.',
  ),
  'mail.not_found': row(
    404,
    'There is no such mail, or no such address on the list.',
    'List the mails, or the addresses that take none.',
  ),
  'mail.not_resendable': row(
    409,
    'This mail waits to be sent, was sent, or what it said is kept no more.',
    'Only a mail that was given up can be sent again; do what caused it once more instead.',
  ),
  'mail.suppressed': row(
    409,
    'The address refused mail for good, so nothing goes there.',
    'Take the address off the list first, when you know that it takes mail again.',
  ),
  'session.not_found': row(404, 'You have no such session.', 'List your sessions; it may have ended.'),
  'user.not_found': row(404, 'There is no such user.', 'Check the id.'),
} as const satisfies Record<string, ErrorRow>
