import type { EntityManager } from '@mikro-orm/postgresql'
import type { Cadence } from '@tollkeeper/shared'
import { announceChange } from '../../kernel/change-feed.ts'
import { windowOf } from './engine/window-of.ts'

export interface PlanInForce {
  tenantId: string
  planKey: string
  planVersionId: string
  /** What put it in force: `default`, a subscription's id, an operator. */
  source: string
  now: Date
}

/**
 * Puts a plan in force for a tenant, in the caller's transaction: its entitlements, and what is granted in every window that has
 * not ended. More is granted at once, and what was used stays used; a smaller limit takes back what is left, never what is gone.
 *
 * Under load nothing is lost or doubled, because everything that counts locks in the same order: entitlements, then balances,
 * each by key. A balance that is being opened holds its entitlement shared until its commit, so it is either seen here, or is
 * opened with the new limit.
 */
export async function applyPlan(em: EntityManager, plan: PlanInForce): Promise<void> {
  await em.flush()
  await em.execute('select 1 from tenant where id = ? for no key update', [plan.tenantId])
  await writeEntitlements(em, plan)
  await regrantBalances(em, plan)
  announceChange(em, 'entitlement', plan.tenantId)
}

/** A feature the plan does not have keeps its row with a limit of zero: its balances hang on it. */
async function writeEntitlements(em: EntityManager, { tenantId, planKey, planVersionId, source, now }: PlanInForce): Promise<void> {
  await em.execute('select 1 from entitlement where tenant_id = ? order by feature_key for update', [tenantId])
  const written = await em.execute<{ feature_key: string }[]>(
    `insert into entitlement (tenant_id, feature_key, limit_units, cadence, plan_key, plan_version_id, source, updated_at)
     select ?, feature_key, limit_units, cadence, ?, plan_version_id, ?, ? from plan_entitlement where plan_version_id = ? order by feature_key
     on conflict (tenant_id, feature_key) do update set limit_units = excluded.limit_units, cadence = excluded.cadence,
       plan_key = excluded.plan_key, plan_version_id = excluded.plan_version_id, source = excluded.source, updated_at = excluded.updated_at
     returning feature_key`,
    [tenantId, planKey, source, now, planVersionId],
  )
  if (written.length === 0) throw new Error(`The plan version ${planVersionId} allows nothing, so it cannot be put in force.`)
  await em.execute(
    `update entitlement set limit_units = 0, plan_key = ?, plan_version_id = ?, source = ?, updated_at = ?
     where tenant_id = ? and feature_key not in (select feature_key from plan_entitlement where plan_version_id = ?)`,
    [planKey, planVersionId, source, now, tenantId, planVersionId],
  )
}

interface OpenBalance {
  featureKey: string
  /** Milliseconds of the epoch, as is the end. */
  windowStart: number
  windowEnd: number | null
  granted: number | null
  used: number
  limit: number | null
  cadence: Cadence
}

async function regrantBalances(em: EntityManager, { tenantId, now }: PlanInForce): Promise<void> {
  const balances = await em.execute<OpenBalance[]>(
    `select b.feature_key as "featureKey",
       (extract(epoch from b.window_start) * 1000)::float8 as "windowStart", (extract(epoch from b.window_end) * 1000)::float8 as "windowEnd",
       b.granted::float8 as granted, (b.consumed + b.reserved + b.leased)::float8 as used, e.limit_units::float8 as "limit", e.cadence
     from balance b join entitlement e using (tenant_id, feature_key)
     where b.tenant_id = ? and (b.window_end is null or b.window_end > ?)
     order by b.tenant_id, b.feature_key, b.window_start for update of b`,
    [tenantId, now],
  )
  for (const balance of balances) {
    const granted = newGrant(balance)
    if (granted === balance.granted) continue
    const key = [tenantId, balance.featureKey, new Date(balance.windowStart)]
    await em.execute(
      'update balance set granted = ?, updated_at = ? where tenant_id = ? and feature_key = ? and window_start = ?',
      [granted, now, ...key],
    )
    for (const units of grantEntries(balance.granted, granted)) {
      await em.execute(
        `insert into quota_entry (tenant_id, feature_key, window_start, kind, units, at) values (?, ?, ?, 'grant', ?, ?)`,
        [...key, units, now],
      )
    }
  }
}

/** A window the new cadence does not know is closed at what was used, so that nobody goes on counting in it. */
function newGrant({ windowStart, windowEnd, used, limit, cadence }: OpenBalance): number | null {
  const { start, end } = windowOf(cadence, windowStart)
  const isOfCadence = start.getTime() === windowStart && (end?.getTime() ?? null) === windowEnd
  if (!isOfCadence) return used
  return limit === null ? null : Math.max(limit, used)
}

/**
 * The ledger entries of a changed grant. The known units of a balance's grants always add up to what is granted: without a limit
 * to nothing, and an entry without units says that the limit was lifted.
 */
export function grantEntries(before: number | null, after: number | null): (number | null)[] {
  if (before === null) return [after]
  if (after === null) return before === 0 ? [null] : [-before, null]
  return [after - before]
}
