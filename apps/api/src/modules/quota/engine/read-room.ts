import type { Pool } from 'pg'
import type { Rest, RoomFact, RoomQuestion } from '../../../kernel/ports/quota-engine.ts'
import { type Capped, capsOf } from './cap-of.ts'
import type { PoolBalance } from './pool.ts'
import { roomInAll } from './pool.ts'
import { stretchOf } from './rate-windows.ts'
import { readPools, toBalanceFact } from './read-balances.ts'
import { resourceName, seenAmong } from './seen-resources.ts'
import { capRest } from './turn.ts'

/** Everything that a request would be measured against, as committed. */
export async function readRoom(pool: Pool, question: RoomQuestion, now: number): Promise<RoomFact> {
  const { tenantId, entitlement, resource, featureKey } = question
  const [read] = await readPools(pool, tenantId, [entitlement], now)
  const { window, balances } = read!
  const pooled = balances.filter(({ kind }) => kind !== 'cap')
  const key = { tenantId, featureKey, windowStart: window.startText, resource: resource ?? '' }
  return {
    ...toBalanceFact(entitlement, window, balances),
    available: roomInAll(pooled),
    caps: capsOf(question).map((cap) => restOfCap(cap, balances, window.end)),
    grants: pooled.filter(({ kind }) => kind === 'grant').map(({ origin }) => origin),
    rates: await readRates(pool, question, now),
    seen: resource !== undefined && (await seenAmong(pool, [key])).has(resourceName(key)),
  }
}

function restOfCap({ holder, limit }: Capped, balances: readonly PoolBalance[], resetsAt: Date | null): Rest {
  const open = balances.find(({ kind, origin }) => kind === 'cap' && origin === holder)
  return open ? capRest(open) : { name: holder, limit, remaining: limit, resetsAt }
}

async function readRates(
  pool: Pool,
  { tenantId, entitlement }: Pick<RoomQuestion, 'tenantId' | 'entitlement'>,
  now: number,
): Promise<Rest[]> {
  const { featureKey, rates = [] } = entitlement
  if (rates.length === 0) return []
  const { rows } = await pool.query<{ name: string; startsAt: Date; used: number }>({
    name: 'read-rates',
    text: `select name, starts_at as "startsAt", used::float8 as used from rate_window where tenant_id = $1 and feature_key = $2`,
    values: [tenantId, featureKey],
  })
  return rates.map(({ name, units, seconds }) => {
    const begin = stretchOf(now, seconds)
    const present = rows.find((row) => row.name === name && row.startsAt.getTime() >= begin)
    const start = present?.startsAt.getTime() ?? begin
    return { name, limit: units, remaining: Math.max(0, units - (present?.used ?? 0)), resetsAt: new Date(start + seconds * 1000) }
  })
}
