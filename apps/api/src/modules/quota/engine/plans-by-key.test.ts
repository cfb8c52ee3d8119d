import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestDatabase } from '@tollkeeper/db/testing'
import type { Pool } from 'pg'
import { expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import { authorize } from '../authorize.ts'
import { setCap } from '../cap/set-cap.ts'
import { currentUsage } from '../current-usage.ts'
import { reserve } from '../reserve.ts'
import { openQuotaNode } from '../testing/quota-node.ts'
import { defineFeatures, putOnTerms } from '../testing/terms.ts'
import { track } from '../track.ts'

const DAY_MS = 86_400_000

test('each statement that is driven by keys finds its rows by them, also where it was planned over empty tables', async () => {
  const clock = manualClock('2026-11-23T10:00:00Z')
  await using database = await createTestDatabase()
  await using node = await openQuotaNode(database.url, { clock })
  await defineFeatures(node.services, [
    { key: 'fast' },
    { key: 'kept' },
    { key: 'leased' },
    { key: 'different', aggregation: 'unique' },
  ])
  await node.services.pool.query(`update feature set leased = true where key = 'leased'`)
  const ctx = await node.tenant()
  await putOnTerms(node.services, ctx.tenantId, [
    { feature: 'fast', limit: 100, rates: [{ name: 'burst', units: 50, seconds: 60 }] },
    { feature: 'kept', limit: 10, rollover: 5, overage: 20 },
    { feature: 'leased', limit: 10_000 },
    { feature: 'different', limit: 3 },
  ])
  await node.services.changes.catchUp()
  await askInEveryWay(ctx, clock)
  await node.services.quota.close()

  const plans = await preparedPlans(node.services.pool)
  expect(statementsDrivenByKeys().filter((name) => !plans.has(name))).toEqual([])
  const wrong = [...plans].flatMap(([name, plan]) => scansWithoutKey(plan).map((scan) => ({ name, ...scan })))
  expect(wrong).toEqual([])
})

/** So that everything is prepared that the engine may send. */
async function askInEveryWay(ctx: TenantContext, clock: ReturnType<typeof manualClock>): Promise<void> {
  await setCap(ctx, { feature: 'kept', holder: 'each_member', limit: 20 })
  await ctx.services.changes.catchUp()
  const ask = (feature: string, more: { amount?: number; requestId?: string; resource?: string } = {}) =>
    authorize(ctx, { feature, amount: 1, ...more })
  for (const requestId of ['a', 'b']) await ask('leased', { requestId })
  await ask('leased', { requestId: 'a' })
  await ask('fast')
  await ask('different', { resource: 'one' })
  await ask('kept')
  for (let index = 0; index < 200; index++) await ask('leased')
  await reserve(ctx, { feature: 'kept', amount: 3, expiresIn: 1 })
  clock.advance(2_000)
  await ask('kept', { amount: 15 })
  await track(ctx, { events: [{ id: 'e', feature: 'kept', amount: 1 }] })
  await currentUsage(ctx)
  clock.advance(DAY_MS)
  await ask('kept')
}

/** Names of the statements of the engine that are given arrays of keys. */
function statementsDrivenByKeys(): string[] {
  const files = [import.meta.dirname, join(import.meta.dirname, 'lease')].flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(folder, file), 'utf8')),
  )
  // those that only insert look nothing up, and the last looks where `lock-pools` does
  const others = new Set(['log-decisions', 'store-answers', 'remember-seen', 'count-live'])
  return files
    .filter((text) => text.includes('unnest('))
    .flatMap((text) => [...text.matchAll(/name: '([a-z-]+)'/g)].map((match) => match[1]!))
    .filter((name) => !others.has(name))
}

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  Plans?: PlanNode[]
}

/** The plans that the connections of a pool keep, by statement. */
async function preparedPlans(pool: Pool): Promise<Map<string, PlanNode>> {
  const clients = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()))
  const plans = new Map<string, PlanNode>()
  for (const client of clients) {
    const { rows } = await client.query<{ name: string; parameters: number }>(
      `select name, cardinality(parameter_types) as parameters from pg_prepared_statements where statement ~ 'unnest\\('`,
    )
    for (const { name, parameters } of rows) {
      const nulls = Array.from({ length: parameters }, () => 'null').join(', ')
      const explained = await client.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
        `explain (format json) execute "${name}" (${nulls})`,
      )
      plans.set(name, explained.rows[0]!['QUERY PLAN'][0]!.Plan)
    }
    client.release()
  }
  return plans
}

function scansWithoutKey(plan: PlanNode): { node: string; relation: string; condition: string | undefined }[] {
  const { 'Node Type': node, 'Relation Name': relation, 'Index Cond': condition, Plans = [] } = plan
  const isScan = relation !== undefined && node.includes('Scan')
  const isByKey = condition?.includes('tenant_id') === true
  return [...(isScan && !isByKey ? [{ node, relation, condition }] : []), ...Plans.flatMap(scansWithoutKey)]
}
