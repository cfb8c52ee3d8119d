import type { PoolClient } from 'pg'
import { AppError } from '../../../kernel/app-error.ts'
import type { Capped } from '../engine/cap-of.ts'
import { type LockedPool, lockPools } from '../engine/lock-pools.ts'
import { consumedOf, portionsBack } from '../engine/pool.ts'
import { takeBackGrant } from '../engine/take-back-grant.ts'
import { windowOf } from '../engine/window-of.ts'
import { type Entry, writeConsumption } from '../engine/write-consumption.ts'
import { capsOfHolds, type Hold, heldByCallers, takeHolds } from './holds.ts'

interface GaugeKey {
  tenantId: string
  featureKey: string
  /** Whose hold is asked about. */
  holder: string | null
  /** What binds those whose holds these are. Absent: what has bound them. */
  capsOf?: (callerIds: readonly string[]) => readonly Capped[]
}

/**
 * Locks a gauge until the end of the transaction: its balances, and the caps of whoever asks or may have something given back. What
 * is held past its time has come back when this returns.
 * @throws AppError service.unavailable when the plan changes at this moment
 */
export async function lockGauge(
  client: PoolClient,
  { tenantId, featureKey, holder, capsOf = () => [] }: GaugeKey,
  now: Date,
): Promise<{ pool: LockedPool; holds: Map<string, Hold> }> {
  const window = windowOf('never', now.getTime())
  for (;;) {
    const { callerIds, caps } = await capsOfHolds(client, { tenantId, featureKey, holder }, now)
    const all = [...new Map([...caps, ...capsOf(callerIds)].map((cap) => [cap.holder, cap])).values()]
    const [pool] = await lockPools(client, [{ tenantId, featureKey, cadence: 'never', window, at: now.getTime(), caps: all }], now)
    if (!pool) throw new AppError('service.unavailable', { detail: 'The plan changes at this moment; nothing is held.' })
    const present = await capsOfHolds(client, { tenantId, featureKey, holder }, now)
    const isKnown = present.callerIds.every((callerId) => callerIds.includes(callerId))
    if (isKnown && present.caps.every((cap) => pool.caps.has(cap.holder))) {
      const { due, kept } = await takeHolds(client, { tenantId, featureKey, holder }, now)
      await giveBackHolds(client, pool, { tenantId, featureKey }, due, now)
      return { pool, holds: new Map(kept.map((hold) => [hold.holder, hold])) }
    }
    // somebody else came to hold between the look and the lock
    await client.query('rollback to savepoint before_locks')
  }
}

/**
 * Takes what holds held out of the balances that are locked for them. The holds themselves are gone already, or smaller; what is still
 * held stays used: a hold that was made of a grant which has ended, or before a cap, has nothing to give back that others hold.
 */
export async function giveBackHolds(
  client: PoolClient,
  pool: LockedPool,
  gauge: Pick<GaugeKey, 'tenantId' | 'featureKey'>,
  holds: readonly Hold[],
  now: Date,
): Promise<void> {
  if (holds.length === 0) return
  const held = await heldByCallers(client, gauge)
  const heldInAll = [...held.values()].reduce((sum, units) => sum + units, 0)
  const entries: Entry[] = []
  for (const { holder, units, callerId } of holds) {
    const cap = pool.caps.get(callerId)
    const ofCap = cap ? Math.min(units, cap.consumed - (held.get(callerId) ?? 0)) : 0
    const capped = cap && ofCap > 0 ? [{ balance: cap, units: -ofCap }] : []
    const ofAll = Math.max(0, Math.min(units, consumedOf(pool.balances) - heldInAll))
    for (const portion of [...portionsBack(pool.balances, ofAll), ...capped]) {
      portion.balance.consumed += portion.units
      entries.push({ balance: portion.balance, kind: 'give_back', callerId, units: portion.units, requests: 1, reverses: holder })
    }
  }
  if (entries.length === 0) return
  const changed = entries.map(({ balance }) => balance)
  await writeConsumption(client, { changed, entries, hours: [] }, now)
  await takeBackGrant(client, [...new Set(changed)], now)
}
