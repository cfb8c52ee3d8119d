import type { EntityManager } from '@mikro-orm/postgresql'
import { AppError } from '../../../kernel/app-error.ts'
import type { Services } from '../../../kernel/services.ts'
import { catalogOf } from '../../catalog/index.ts'
import { remediesFor } from '../../quota/index.ts'

const FEATURE = 'seats'

/**
 * Whether one more person may belong to the tenant. A seat is a member; an invitation holds none. Exact only while
 * `oneMemberChangeAtATime` is held, which a change of the plan waits for too.
 * @throws AppError tenant.no_seat with what would help
 */
export async function assertSeatFree(em: EntityManager, services: Services, tenantId: string): Promise<void> {
  const catalog = await catalogOf(services)
  if (!catalog.features.has(FEATURE)) return
  const [row] = await em.execute<{ limit: number | null; members: number }[]>(
    `select e.limit_units::float8 as "limit", (select count(*)::int from member where tenant_id = e.tenant_id) as members
     from entitlement e where e.tenant_id = ? and e.feature_key = ?`,
    [tenantId, FEATURE],
  )
  const { limit, members } = row ?? { limit: 0, members: 0 }
  if (limit === null || members < limit) return
  const refused = {
    ...{ featureKey: FEATURE, amount: 1, asked: 1, rate: null, limit, remaining: limit - members },
    ...{ resetsAt: null, renewed: limit, capped: null, overridden: false, overdue: false },
  }
  throw new AppError('tenant.no_seat', {
    detail: `The plan has ${limit === 1 ? 'one seat' : `${limit} seats`}.`,
    remedies: remediesFor('quota.limit_reached', refused, catalog),
  })
}
