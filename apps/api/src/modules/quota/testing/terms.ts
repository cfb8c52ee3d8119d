import { announceChange } from '../../../kernel/change-feed.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { newId } from '../../../kernel/new-id.ts'
import type { Services } from '../../../kernel/services.ts'
import { applyPlan } from '../apply-plan.ts'

/** A feature as a test wants it; what is not said is as usual. */
export interface TestFeature {
  key: string
  kind?: string
  aggregation?: string
  leased?: boolean
  credits?: { featureKey: string; units: number; per: number }
}

/** What a plan of one tenant says of a feature. */
export interface TestTerms {
  feature: string
  limit: number | null
  cadence?: string
  timeZone?: string
  anchor?: 'calendar' | 'subscription'
  overage?: number | null
  overagePrice?: { minor: number; per: number }
  rollover?: number
  priority?: number
  rates?: { name: string; units: number; seconds: number }[]
}

export async function defineFeatures(services: Services, features: readonly TestFeature[]): Promise<void> {
  await inSystemTransaction(services, async ({ em }) => {
    for (const { key, kind = 'metered', aggregation = 'sum', leased = false, credits } of features)
      await em.execute(
        `insert into feature (key, name, kind, unit, aggregation, leased, credit_feature_key, credit_units, credit_per, position)
         values (?, ?, ?, 'unit', ?, ?, ?, ?, ?, 100) on conflict (key) do nothing`,
        [key, key, kind, aggregation, leased, credits?.featureKey ?? null, credits?.units ?? null, credits?.per ?? null],
      )
    announceChange(em, 'catalog', 'test')
  })
}

/** Publishes a plan of these terms and puts it in force. */
export async function putOnTerms(
  services: Services,
  tenantId: string,
  terms: readonly TestTerms[],
  anchorAt?: Date,
): Promise<void> {
  await inSystemTransaction(services, async ({ em, now }) => {
    const planVersionId = newId('planVersion')
    const planKey = planVersionId.toLowerCase()
    await em.execute(
      `insert into plan (key, name, description, rank, live_version_id, created_at) values (?, 'Test', '', 100, ?, ?)`,
      [planKey, planVersionId, now],
    )
    await em.execute('insert into plan_version (id, plan_key, number, published_at) values (?, ?, 1, ?)', [
      planVersionId,
      planKey,
      now,
    ])
    for (const one of terms)
      await em.execute(
        `insert into plan_entitlement (plan_version_id, feature_key, limit_units, cadence, time_zone, anchor, overage_units, overage_price_minor,
           overage_price_per, rollover_units, priority, rates) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)`,
        [
          planVersionId,
          one.feature,
          one.limit,
          one.cadence ?? 'day',
          one.timeZone ?? 'UTC',
          one.anchor ?? 'calendar',
          one.overage === undefined ? 0 : one.overage,
          one.overagePrice?.minor ?? null,
          one.overagePrice?.per ?? null,
          one.rollover ?? 0,
          one.priority ?? 0,
          JSON.stringify(one.rates ?? []),
        ],
      )
    await applyPlan(em, { tenantId, planKey, planVersionId, source: 'test', ...(anchorAt ? { anchorAt } : {}), now })
    announceChange(em, 'catalog', 'test')
  })
}
