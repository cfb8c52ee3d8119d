import { FreshCache } from './fresh-cache.ts'
import { perNode } from './per-node.ts'

const MOST_TENANTS = 100_000

/** Whether tenants are active or suspended, as this node remembers it; null for a tenant that is not there. */
export const tenantStatusOf = perNode(({ changes, pool }) =>
  new FreshCache<string | null>({
    changes,
    capacity: MOST_TENANTS,
    load: async (tenantId) => {
      const { rows } = await pool.query<{ status: string }>({
        name: 'tenant-status',
        text: 'select status from tenant where id = $1',
        values: [tenantId],
      })
      return rows[0]?.status ?? null
    },
  }).forgetOn('tenant'),
)
