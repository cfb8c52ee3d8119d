import { WholeCatalog } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import { startTestApp } from '../../testing/index.ts'
import { defineFeatures } from '../quota/testing/terms.ts'

test('operators see how each feature is counted, and every version of a plan with how many it is in force for', async () => {
  await using app = await startTestApp()
  const [owner, person] = [await app.operator(), await app.person()]
  await defineFeatures(app.services, [
    { key: 'credits', kind: 'credit_system' },
    { key: 'image', aggregation: 'count', credits: { featureKey: 'credits', units: 5, per: 2 } },
  ])
  const { pool } = app.services
  await pool.query(
    `insert into plan_version (id, plan_key, number, price_minor, currency, published_at) values ('plv_of_the_test', 'starter', 2, 3500, 'cny', now())`,
  )
  await pool.query(
    `insert into plan_entitlement (plan_version_id, feature_key, limit_units, cadence, overage_units, overage_price_minor, overage_price_per)
     values ('plv_of_the_test', 'characters', 60000, 'day', 500, 10, 1000)`,
  )
  const read = await owner.call('GET', '/catalog')
  const { features, plans } = WholeCatalog.parse(read.body)
  expect(features.find(({ feature }) => feature === 'image')).toMatchObject({
    kind: 'metered',
    aggregation: 'count',
    leased: false,
    credits: { feature: 'credits', units: 5, per: 2 },
    failurePolicy: { kind: 'closed' },
  })
  expect(plans.map(({ key, isDefault }) => [key, isDefault])).toEqual([
    ['free', true],
    ['starter', false],
    ['pro', false],
    ['enterprise', false],
  ])
  const [free, starter] = plans
  // the operator and the person
  expect(free!.versions).toMatchObject([{ number: 1, live: true, tenants: 2, price: { amountMinor: 0, currency: 'cny' } }])
  expect(starter!.versions).toMatchObject([
    {
      number: 2,
      live: false,
      tenants: 0,
      price: { amountMinor: 3_500 },
      entitlements: [
        { feature: 'characters', limit: 60_000, overage: 500, overagePrice: { amountMinor: 10, currency: 'cny', per: 1_000 } },
      ],
    },
    { number: 1, live: true, tenants: 0 },
  ])
  expect((await person.call('GET', '/catalog')).body).toMatchObject({ code: 'access.operator_only' })
})
