import { LockMode } from '@mikro-orm/core'
import { Feature } from '@tollkeeper/db'
import type { FeatureView, SetLeasingInput } from '@tollkeeper/shared'
import { wrongFeature } from '../../kernel/app-error.ts'
import { announceChange } from '../../kernel/change-feed.ts'
import type { UserContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { writeAudit } from '../audit/index.ts'
import { toFeatureView } from './view.ts'

/**
 * Says whether nodes take units of a feature ahead and give them out from memory. Every node does so, or no longer does, within a
 * second; what it still holds goes back when its lease ends.
 * @throws AppError catalog.feature_unknown; quota.not_leasable where each request has to be looked at by itself
 */
export async function setLeasing(ctx: UserContext, { feature: key, leased }: SetLeasingInput): Promise<FeatureView> {
  return inSystemTransaction(
    ctx.services,
    async ({ em, now }) => {
      const feature = await em.findOne(Feature, { key }, { lockMode: LockMode.PESSIMISTIC_WRITE })
      if (!feature) throw wrongFeature('catalog.feature_unknown', 'is not a feature of the catalog')
      if (leased && !canBeLeased(feature)) throw wrongFeature('quota.not_leasable', 'is not simply added up')
      const before = feature.leased
      feature.leased = leased
      const view = toFeatureView({ ...feature, kind: feature.kind as FeatureView['kind'] })
      if (before === leased) return view
      announceChange(em, 'catalog', key)
      writeAudit(em, {
        tenantId: null,
        action: 'feature.leasing_set',
        target: key,
        details: { before, after: leased },
        caller: ctx.caller,
        requestId: ctx.requestId,
        at: now,
      })
      return view
    },
    ctx,
  )
}

/** A largest, a last or a different value, and what is paid in credits, is known only under the lock of the balance. */
function canBeLeased({ kind, aggregation, creditFeatureKey }: Feature): boolean {
  return kind === 'metered' && aggregation === 'sum' && creditFeatureKey === null
}
