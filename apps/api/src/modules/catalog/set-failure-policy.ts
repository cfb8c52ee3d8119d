import { isDeepStrictEqual } from 'node:util'
import { LockMode } from '@mikro-orm/core'
import { Feature } from '@tollkeeper/db'
import type { FeatureView, SetFailurePolicyInput } from '@tollkeeper/shared'
import { wrongFeature } from '../../kernel/app-error.ts'
import { announceChange } from '../../kernel/change-feed.ts'
import type { UserContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { writeAudit } from '../audit/index.ts'
import { toFeatureView } from './view.ts'

/**
 * Says what apps may do with a feature while they cannot reach the server. Their clients hear of it within five minutes.
 * @throws AppError catalog.feature_unknown; quota.feature_not_metered where something may pass that nobody counts; quota.not_reservable
 * where units cannot be taken ahead
 */
export async function setFailurePolicy(
  ctx: UserContext,
  { feature: key, failurePolicy }: SetFailurePolicyInput,
): Promise<FeatureView> {
  return inSystemTransaction(
    ctx.services,
    async ({ em, now }) => {
      const feature = await em.findOne(Feature, { key }, { lockMode: LockMode.PESSIMISTIC_WRITE })
      if (!feature) throw wrongFeature('catalog.feature_unknown', 'is not a feature of the catalog')
      if (failurePolicy.kind !== 'closed' && feature.kind !== 'metered')
        throw wrongFeature('quota.feature_not_metered', 'is not counted')
      if (failurePolicy.kind === 'lease' && feature.aggregation !== 'sum' && feature.aggregation !== 'count')
        throw wrongFeature('quota.not_reservable', 'is not added up')
      const before = feature.failurePolicy
      feature.failurePolicy = failurePolicy
      const view = toFeatureView({ ...feature, kind: feature.kind as FeatureView['kind'] })
      if (isDeepStrictEqual(before, failurePolicy)) return view
      announceChange(em, 'catalog', key)
      writeAudit(em, {
        tenantId: null,
        action: 'feature.failure_policy_set',
        target: key,
        details: { before: JSON.stringify(before), after: JSON.stringify(failurePolicy) },
        caller: ctx.caller,
        requestId: ctx.requestId,
        at: now,
      })
      return view
    },
    ctx,
  )
}
