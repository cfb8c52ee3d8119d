import type { OperatorRole } from '@tollkeeper/shared'

/** The operator roles as the console speaks of them. */
export const roleWords: Record<OperatorRole, { name: string; does: string }> = {
  owner: { name: 'Owner', does: 'Everything, and makes other owners.' },
  admin: { name: 'Admin', does: 'Everything but making owners.' },
  support: { name: 'Support', does: 'Helps people and tenants: ends sessions, suspends, acts as them, gives units.' },
  finance: { name: 'Finance', does: 'Sees revenue, subscriptions and invoices.' },
  viewer: { name: 'Viewer', does: 'Looks, and changes nothing.' },
}
