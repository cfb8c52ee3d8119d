import type { MembershipView } from '@tollkeeper/shared'

/** The membership to act under: the chosen one while it still exists, else the first. Undefined where there is none. */
export function pickTenant(tenants: readonly MembershipView[], chosen: string | null): MembershipView | undefined {
  return tenants.find(({ id }) => id === chosen) ?? tenants[0]
}
