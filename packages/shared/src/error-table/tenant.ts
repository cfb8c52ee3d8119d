import { type ErrorRow, row } from './row.ts'

/** What somebody may do, and who belongs to a tenant. */
export const tenantErrors = {
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
} as const satisfies Record<string, ErrorRow>
