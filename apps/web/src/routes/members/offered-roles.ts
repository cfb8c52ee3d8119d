import type { TenantRole } from '@tollkeeper/shared'
import type { SelectOption } from '@tollkeeper/ui'
import { text as shell } from '../../shell/text.ts'
import { text } from './text.ts'

/** From the least to the most. A test holds this to what the server's roles hold. */
export const rolesByRank: readonly TenantRole[] = ['member', 'admin', 'owner']

/** Whether somebody of the first role holds all of the second: nobody gives, or acts on, more than they hold. */
export function covers(held: TenantRole, other: TenantRole): boolean {
  return rolesByRank.indexOf(held) >= rolesByRank.indexOf(other)
}

/** The roles that somebody may give, as choices. */
export function offeredRoles(held: TenantRole): SelectOption[] {
  return rolesByRank
    .filter((role) => covers(held, role))
    .map((role) => ({ value: role, label: shell.role[role], help: text.roles[role] }))
}
