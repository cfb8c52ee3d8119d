import type { PoolClient } from 'pg'
import { AppError } from '../../../kernel/app-error.ts'
import type { Capped } from '../engine/cap-of.ts'
import { type LockedPool, lockPools } from '../engine/lock-pools.ts'
import { portionsBack } from '../engine/pool.ts'
import { windowOf } from '../engine/window-of.ts'
import { type Entry, writeConsumption } from '../engine/write-consumption.ts'
import { type Hold, takeHolds } from './holds.ts'

interface GaugeKey {
  tenantId: string
  featureKey: string
  /** Whose hold is asked about. */
  holder: string | null
  caps: readonly Capped[]
}

/**
 * Locks a gauge: its balances until the end of the transaction. What is held past its time has come back when this returns.
 * @throws AppError service.unavailable when the plan changes at this moment
 */
export async function lockGauge(
  client: PoolClient,
  { tenantId, featureKey, holder, caps }: GaugeKey,
  now: Date,
): Promise<{ pool: LockedPool; holds: Map<string, Hold> }> {
  const window = windowOf('never', now.getTime())
  const [pool] = await lockPools(client, [{ tenantId, featureKey, cadence: 'never', window, at: now.getTime(), caps }], now)
  if (!pool) throw new AppError('service.unavailable', { detail: 'The plan changes at this moment; nothing is held.' })
  const { due, kept } = await takeHolds(client, { tenantId, featureKey, holder }, now)
  await giveBackHolds(client, pool, due, now)
  return { pool, holds: new Map(kept.map((hold) => [hold.holder, hold])) }
}

/** Takes what holds held out of the balances that are locked for them. The holds themselves are gone already. */
export async function giveBackHolds(client: PoolClient, pool: LockedPool, holds: readonly Hold[], now: Date): Promise<void> {
  const entries: Entry[] = []
  for (const { holder, units, callerId } of holds) {
    const cap = pool.caps.get(callerId)
    const capped = cap ? [{ balance: cap, units: -Math.min(units, cap.consumed) }] : []
    for (const portion of [...portionsBack(pool.balances, units), ...capped]) {
      portion.balance.consumed += portion.units
      entries.push({ balance: portion.balance, kind: 'give_back', callerId, units: portion.units, requests: 1, reverses: holder })
    }
  }
  if (entries.length > 0)
    await writeConsumption(client, { changed: entries.map(({ balance }) => balance), entries, hours: [] }, now)
}
