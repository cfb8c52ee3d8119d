import type { Permission, TenantRole } from '@tollkeeper/shared'

/**
 * What only some roles may do, so that a screen offers no button that would be refused. The server decides all the same; a test
 * holds this table to the server's.
 */
const reserved: Partial<Record<Permission, readonly TenantRole[]>> = {
  'tenant:write': ['owner', 'admin'],
  'tenant:own': ['owner'],
  'member:write': ['owner', 'admin'],
  'api_key:write': ['owner', 'admin'],
  'audit:read': ['owner', 'admin'],
  'quota:write': ['owner', 'admin'],
  'billing:write': ['owner'],
}

/** Whether a member with this role holds the permission. */
export function may(role: TenantRole, permission: Permission): boolean {
  return reserved[permission]?.includes(role) ?? true
}
