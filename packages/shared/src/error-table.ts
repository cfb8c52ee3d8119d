/**
 * Every failure a caller can meet, closed and documented. A row's key is the stable `code` on the wire; `ours` says whether
 * it is the server's fault (those are logged as errors, their text never leaves the process); `next` is what the caller can do.
 */
export const errorTable = {
  'input.invalid': row(
    400,
    'The request has faults; each is listed with its path.',
    'Correct the fields listed under `faults` and send it again.',
  ),
  'input.malformed_json': row(
    400,
    'The body is not JSON that can be read.',
    'Send a JSON object, encoded as UTF-8, without a `__proto__` key.',
  ),
  'input.too_large': row(413, 'The body is over the limit of 1 MiB.', 'Send less at once; usage can be sent in several batches.'),
  'input.unsupported_media_type': row(
    415,
    'The body is of a type this route does not read.',
    'Send `Content-Type: application/json`.',
  ),
  'route.not_found': row(404, 'There is no such route.', 'See /docs for the routes there are.'),
  'route.method_not_allowed': row(405, 'This route does not take that method.', 'See /docs for the methods of this route.'),

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

  'access.forbidden': row(
    403,
    'The caller may not do this here.',
    'Ask an owner of the tenant for a role that holds the permission named.',
  ),
  'access.cross_origin': row(
    403,
    "A page of another origin asked with this browser's session.",
    'Call from the pages of this server, or send an access token.',
  ),
  'access.operator_only': row(403, 'Only operators of this installation may do this.', 'Sign in as an operator.'),
  'access.impersonated': row(
    403,
    'This cannot be done while acting as somebody else.',
    'End the impersonation; the person can do this themselves.',
  ),

  'operator.permission_missing': row(
    403,
    'Your operator role does not hold what this takes.',
    'Ask an owner of this installation for a role that holds the permission named.',
  ),
  'operator.beyond_role': row(
    403,
    'This person holds, or would hold, operator permissions that you do not.',
    'Ask an owner of this installation to do it.',
  ),
  'operator.last_owner': row(
    409,
    'This is the last owner of the installation who can sign in.',
    'Make somebody else an owner first.',
  ),
  'operator.own_account': row(409, 'You cannot do this to your own account.', 'Ask another operator to do it.'),
  'operator.target_suspended': row(409, 'This person is suspended.', 'Restore them first.'),

  'api_key.invalid': row(401, 'There is no such API key.', 'Check that the whole key was copied, or issue a new one.'),
  'api_key.expired': row(401, 'The API key has expired.', 'Issue a new one.'),
  'api_key.revoked': row(401, 'The API key was revoked.', 'Issue a new one.'),
  'api_key.scope_missing': row(403, 'The API key is not for this.', 'Issue a key with the scope named, or use an access token.'),
  'api_key.not_found': row(404, 'There is no such API key in this tenant.', 'List the keys of the tenant you act for.'),

  'tenant.not_found': row(404, 'There is no such tenant for this caller.', 'List your tenants, and name one of them.'),
  'tenant.not_chosen': row(400, 'You belong to several tenants, and none was named.', 'Name one in the `X-Tenant-Id` header.'),
  'tenant.second_factor_needed': row(
    403,
    'This tenant asks for sign-ins with two factors, and this one had one.',
    'Turn two-step sign-in on in your account, prove a passkey by POST /auth/step-up/passkey, or sign in again in two steps.',
  ),
  'tenant.suspended': row(403, 'This tenant is suspended.', 'Ask the operator of this service.'),

  'tenant.last_owner': row(409, 'This is the last owner of the tenant who can sign in.', 'Make somebody else an owner first.'),
  'tenant.personal': row(
    409,
    'This tenant is somebody’s own, so that person stays its owner.',
    'Create another tenant for what should belong to others.',
  ),
  'tenant.no_seat': row(409, 'Every seat of the plan is taken.', 'Choose a plan with more seats, or remove a member.'),

  'member.not_found': row(404, 'There is no such member in this tenant.', 'List the members of the tenant you act for.'),
  'member.exists': row(409, 'This person is a member already.', 'Change their role in the list of members.'),
  'member.beyond_role': row(403, 'This member holds, or would hold, more than you do.', 'Ask an owner of the tenant to do it.'),

  'invitation.not_found': row(
    404,
    'There is no such invitation.',
    'Open the link in the newest mail, or ask for another invitation.',
  ),
  'invitation.ended': row(409, 'This invitation is no longer open.', 'Ask who invited you for another one.'),
  'invitation.expired': row(409, 'This invitation has expired.', 'Ask who invited you to send it again.'),
  'invitation.pending': row(409, 'This address has an open invitation to the tenant.', 'Send that one again, or revoke it first.'),
  'invitation.other_address': row(
    403,
    'The invitation is for another address than the one you have proved.',
    'Sign in with the address that was invited, or ask for an invitation to yours.',
  ),
  'invitation.account_exists': row(409, 'There is an account with this address.', 'Sign in to it, then accept the invitation.'),
  'invitation.too_many': row(
    429,
    'There were too many invitations.',
    'Wait the seconds in `Retry-After`, or revoke some of those that are open.',
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

  'catalog.feature_unknown': row(400, 'There is no such feature in the catalog.', 'Use a key from GET /subscriptions/plans.'),
  'catalog.plan_unknown': row(400, 'There is no such plan in the catalog.', 'Use a key from GET /subscriptions/plans.'),

  'quota.feature_not_metered': row(
    400,
    'This feature is not counted, so it takes no usage.',
    'Ask `authorize` for it, without an amount.',
  ),
  'quota.feature_not_held': row(
    400,
    'This feature is not a gauge, so nothing of it is held and given back.',
    'Ask `authorize` for it, or reserve it.',
  ),
  'quota.counted_by_members': row(
    409,
    'Seats are counted by the members there are, so none is given, held or given back.',
    'Change the plan or override the limit to have more; remove a member to use fewer.',
  ),
  'quota.paid_in_credits': row(
    409,
    'This feature is paid in credits, so units of it cannot be given.',
    'Give units of the credit system it is paid from.',
  ),
  'quota.grant_not_found': row(404, 'There is no such grant in this tenant.', 'Check the id; grants are listed with the tenant.'),
  'quota.event_not_found': row(
    404,
    'There is no such usage event in this tenant.',
    'Check the id; events are kept as long as the installation says.',
  ),
  'quota.not_correctable': row(
    409,
    'Only amounts that are added up can be corrected; of a largest, a last or a different value there is no part to take back.',
    'Report the right value as usage.',
  ),
  'quota.not_reservable': row(
    400,
    'Only amounts that are added up can be held; of a largest, a last or a different value nobody else takes a part.',
    'Ask `authorize` for it, or report it as usage.',
  ),
  'quota.not_leasable': row(
    400,
    'Units of this feature cannot be taken ahead: each request for it has to be looked at by itself.',
    'Lease features whose amounts are added up and that are not paid in credits.',
  ),
  'quota.resource_missing': row(
    400,
    'This feature counts different resources, and none was named.',
    'Send the `resource` that is used.',
  ),
  'quota.request_conflict': row(
    409,
    'This requestId was answered before, for another feature or amount.',
    'Use a new requestId for a new request; the first answer is named in `decisionId`.',
  ),
  'quota.event_conflict': row(
    409,
    'An event with this id was received before, with other content.',
    'Use a new id for a new event.',
  ),
  'quota.event_too_old': row(
    400,
    'The event happened too long ago to be counted.',
    'Report usage within 32 days of when it happened.',
  ),
  'quota.event_in_future': row(
    400,
    'The event lies in the future.',
    'Check the clock of the machine that reports; five minutes ahead are accepted.',
  ),
  'quota.event_unknown': row(
    404,
    'No event with this id was received, or it is no longer kept.',
    'Check the id; refused events are kept for 30 days, and counted ones as long as this service keeps single events.',
  ),
  'quota.request_too_old': row(
    400,
    'Whether the request this event stands for was counted is no longer known.',
    'Report such usage within 24 hours. Send it without `requestId` only if you know that the request was not counted.',
  ),
  'quota.overloaded': row(
    503,
    'Too many requests are waiting.',
    'Send it again after the seconds in `Retry-After`, with the same requestId.',
  ),

  'reservation.not_found': row(
    404,
    'There is no such reservation in this tenant.',
    'Check the id; a reservation is forgotten two days after it was settled.',
  ),
  'reservation.expired': row(
    409,
    'The time of this reservation is over, and what it held went back; nothing was charged.',
    'Report what was used by POST /usage, and reserve for longer the next time.',
  ),
  'reservation.settled': row(
    409,
    'This reservation was settled before, in another way; nothing more was charged.',
    'See GET /reservations/{id} for what became of it.',
  ),
  'reservation.amount_above': row(
    400,
    'More than the reservation holds cannot be committed; nothing was charged, and it is still held.',
    'Commit at most what is held, and report the rest by POST /usage.',
  ),

  'billing.plan_not_for_sale': row(400, 'This plan cannot be bought here.', 'Choose a plan with a price, or talk to us.'),
  'billing.already_subscribed': row(409, 'The tenant has this plan already.', 'Choose another plan, or manage the subscription.'),
  'billing.no_subscription': row(404, 'The tenant has no subscription.', 'Choose a plan first.'),
  'billing.provider_unavailable': row(
    503,
    'The payment provider did not answer.',
    'Try again in a moment; nothing was charged.',
    true,
  ),
  'billing.payment_declined': row(
    402,
    'The payment was declined, so nothing was changed.',
    'Choose another card in the billing portal, then try again.',
  ),
  'billing.webhook_signature': row(
    400,
    'The signature of this webhook does not fit its body.',
    'Check STRIPE_WEBHOOK_SECRETS against the secret of the endpoint.',
  ),

  'idempotency.conflict': row(
    409,
    'This Idempotency-Key was used before, for another request.',
    'Use a new key for a new request.',
  ),
  'idempotency.in_progress': row(
    409,
    'A request with this Idempotency-Key is under way.',
    'Wait for its answer, or send it again in a moment.',
  ),
  'idempotency.not_repeatable': row(
    409,
    'The request with this Idempotency-Key was carried out, and its answer held a secret that is shown once.',
    'Revoke what it made, named in `detail`, and make another.',
  ),

  'rate.limited': row(429, 'Too many calls from here.', 'Wait the seconds in `Retry-After`.'),
  'service.unavailable': row(
    503,
    'The server cannot reach its database.',
    'Send it again in a moment; nothing of it was kept.',
    true,
  ),
  'service.internal': row(
    500,
    'Something failed on our side.',
    'Send it again; if it stays, tell the operator the request id.',
    true,
  ),
} as const satisfies Record<string, ErrorRow>

export type ErrorCode = keyof typeof errorTable

export interface ErrorRow {
  status: number
  title: string
  next: string
  ours: boolean
}

function row(status: number, title: string, next: string, ours = false): ErrorRow {
  return { status, title, next, ours }
}
