import type { EntityManager } from '@mikro-orm/postgresql'
import { QuotaGrant } from '@tollkeeper/db'
import type { GrantInput, GrantView } from '@tollkeeper/shared'
import { invalidInput, wrongFeature } from '../../../kernel/app-error.ts'
import { announceChange } from '../../../kernel/change-feed.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { newId } from '../../../kernel/new-id.ts'
import { writeAudit } from '../../audit/index.ts'
import type { CatalogFeature } from '../../catalog/index.ts'
import { isLevel } from '../engine/measured.ts'
import { toGrantView } from './grant-view.ts'
import { requireBalanced, requireTenant } from './require-tenant.ts'

/**
 * Gives a tenant units beside its plan: a balance of their own, used in its place among the others and gone when it expires.
 * @throws AppError tenant.not_found, catalog.feature_unknown, quota.feature_not_metered, quota.paid_in_credits, quota.not_grantable,
 * input.invalid
 */
export async function grantUnits(ctx: UserContext, input: GrantInput): Promise<GrantView> {
  const { services, caller, requestId } = ctx
  assertUsedUp(await requireBalanced(services, input.feature))
  return inSystemTransaction(
    services,
    async ({ em, now }) => {
      await requireTenant(em, input.tenantId)
      const { effectiveAt, expiresAt } = timesOf(input, now)
      const { tenantId, feature: featureKey, units, priority, source, reason } = input
      const id = newId('grant', now.getTime())
      await lockEntitlement(em, tenantId, featureKey, now)
      const grant = em.create(QuotaGrant, {
        tenantId,
        id,
        featureKey,
        units,
        priority,
        source,
        reason,
        effectiveAt,
        expiresAt,
        createdBy: caller.userId,
        createdAt: now,
      })
      await em.flush()
      await openBalance(em, grant)
      announceChange(em, 'entitlement', tenantId)
      const details = { feature: featureKey, units, source, reason, expiresAt: expiresAt?.toISOString() ?? null }
      writeAudit(em, { tenantId, action: 'quota.granted', target: id, details, caller, requestId, at: now })
      return toGrantView({ ...grant, used: 0, remaining: units }, now)
    },
    ctx,
  )
}

/** What a value of one window took of a grant that outlives it would be part of the next window's value. @throws AppError quota.not_grantable */
function assertUsedUp({ aggregation }: CatalogFeature): void {
  if (isLevel(aggregation)) throw wrongFeature('quota.not_grantable', 'is a largest or a last value: override its limit')
}

function timesOf({ effectiveAt: from, expiresAt: to }: GrantInput, now: Date): { effectiveAt: Date; expiresAt: Date | null } {
  const effectiveAt = from === undefined ? now : new Date(from)
  const expiresAt = to === undefined ? null : new Date(to)
  if (effectiveAt < now) throw invalidInput('effectiveAt', 'must not be in the past')
  if (expiresAt && expiresAt <= effectiveAt) throw invalidInput('expiresAt', 'must be after it takes effect')
  return { effectiveAt, expiresAt }
}

/** A feature that the plan does not have gets a row with a limit of zero: the balance hangs on it. */
async function lockEntitlement(em: EntityManager, tenantId: string, featureKey: string, now: Date): Promise<void> {
  await em.execute(
    `insert into entitlement (tenant_id, feature_key, limit_units, cadence, plan_key, plan_version_id, source, updated_at)
     select tenant_id, ?, 0, 'never', plan_key, plan_version_id, source, ? from entitlement where tenant_id = ? order by feature_key limit 1
     on conflict (tenant_id, feature_key) do nothing`,
    [featureKey, now, tenantId],
  )
  await em.execute('select 1 from entitlement where tenant_id = ? and feature_key = ? for no key update', [tenantId, featureKey])
}

async function openBalance(em: EntityManager, grant: QuotaGrant): Promise<void> {
  const { tenantId, featureKey, id, effectiveAt, expiresAt, units, priority, createdAt } = grant
  await em.execute(
    `with pooled as (
       update balance b set pooled = true from (
         select tenant_id, feature_key, window_start from balance
         where tenant_id = ? and feature_key = ? and origin = 'plan' and coalesce(window_end, 'infinity'::timestamptz) > ?
         order by tenant_id, feature_key, window_start for update) p
       where b.tenant_id = p.tenant_id and b.feature_key = p.feature_key and b.window_start = p.window_start and b.origin = 'plan'
     ),
     opened as (
       insert into balance (tenant_id, feature_key, window_start, window_end, origin, kind, granted, priority, opened_at, pooled, updated_at)
       values (?, ?, ?, ?, ?, 'grant', ?, ?, ?, true, ?) returning granted
     )
     insert into quota_entry (tenant_id, feature_key, window_start, origin, kind, units, at) select ?, ?, ?, ?, 'grant', granted, ? from opened`,
    [
      ...[tenantId, featureKey, effectiveAt],
      ...[tenantId, featureKey, effectiveAt, expiresAt ?? null, id, units, priority, createdAt, createdAt],
      ...[tenantId, featureKey, effectiveAt, id, createdAt],
    ],
  )
}
