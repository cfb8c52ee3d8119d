import { z } from 'zod'

/** What a member may do inside one tenant. `resource:action`, never renamed. */
export const permissions = {
  'tenant:read': 'See the tenant and its settings',
  'tenant:write': 'Change the tenant',
  'tenant:own': 'Make and unmake owners of the tenant',
  'member:read': 'See who is in the tenant',
  'member:write': 'Invite, change and remove members',
  'api_key:read': 'See API keys, never their secrets',
  'api_key:write': 'Issue and revoke API keys',
  'decision:ask': 'Ask whether something is allowed, and consume it',
  'usage:read': 'See usage and quota',
  'usage:write': 'Report usage that already happened',
  'quota:write': 'Cap what members and keys may use of what the tenant has',
  'billing:read': 'See plans, the subscription and invoices',
  'billing:write': 'Buy, change and cancel subscriptions',
  'audit:read': 'See who did what',
} as const
export type Permission = keyof typeof permissions

/** The roles every tenant has. Each holds exactly these permissions; nobody can grant what they do not hold. */
export const tenantRoles = {
  owner: Object.keys(permissions) as Permission[],
  admin: (Object.keys(permissions) as Permission[]).filter(
    (permission) => permission !== 'billing:write' && permission !== 'tenant:own',
  ),
  member: ['tenant:read', 'member:read', 'api_key:read', 'decision:ask', 'usage:read', 'usage:write', 'billing:read'],
} as const satisfies Record<string, readonly Permission[]>
export const TenantRole = z.enum(['owner', 'admin', 'member'])
export type TenantRole = z.infer<typeof TenantRole>

/** What an API key may be used for. A key never manages keys, members or money. */
export const KeyScope = z.enum(['decision:ask', 'usage:read', 'usage:write', 'billing:read'])
export type KeyScope = z.infer<typeof KeyScope>

/** What an operator of the installation may do, over all tenants. */
export const operatorPermissions = {
  'operator:read': 'See users, tenants, usage and mail',
  'money:read': 'See revenue, subscriptions and invoices of all tenants',
  'user:support': 'End sessions, vouch for addresses, send password resets',
  'user:suspend': 'Suspend and restore people',
  'user:impersonate': 'Act as a person for fifteen minutes',
  'user:import': 'Bring people in with the passwords they have elsewhere',
  'tenant:suspend': 'Suspend and restore tenants',
  'quota:grant': 'Give units beside a plan, override limits, correct usage',
  'books:rebuild': 'Set balances to what the ledger adds up to',
  'catalog:write': 'Change what the catalog says of features and plans',
  'operator:assign': 'Give and take operator roles',
  'operator:own': 'Make and unmake owners of the installation',
} as const
export type OperatorPermission = keyof typeof operatorPermissions
export const OperatorRole = z.enum(['owner', 'admin', 'support', 'finance', 'viewer'])
export type OperatorRole = z.infer<typeof OperatorRole>
/** Who gives a role must hold all of it, so an admin makes admins and no owners. */
export const operatorRoles: Record<OperatorRole, readonly OperatorPermission[]> = {
  owner: Object.keys(operatorPermissions) as OperatorPermission[],
  admin: (Object.keys(operatorPermissions) as OperatorPermission[]).filter((permission) => permission !== 'operator:own'),
  support: ['operator:read', 'user:support', 'user:suspend', 'user:impersonate', 'quota:grant'],
  finance: ['operator:read', 'money:read'],
  viewer: ['operator:read'],
}
