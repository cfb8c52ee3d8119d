import type { PoolClient } from 'pg'
import type { ConsumeOutcome } from '../../../kernel/ports/quota-engine.ts'
import type { Group } from './batch.ts'
import { giveBackExpired } from './give-back-expired.ts'
import { lockGroups } from './lock-groups.ts'
import type { LockedPool } from './lock-pools.ts'
import { limitOf, type PoolBalance, roomInAll } from './pool.ts'
import { type LockedRate, lockRates, writeRates } from './rate-windows.ts'
import { type ResourceKey, rememberSeen, resourceName, seenAmong } from './seen-resources.ts'
import { answersOf, type StoredAnswer, storeAnswers } from './stored-answers.ts'
import { takeBackGrant } from './take-back-grant.ts'
import { decideTurn, type Turn, take } from './turn.ts'
import { askedFeature, asksTheSame, conflictWith, type Waiter, withRemedies } from './waiter.ts'
import { type Entry, type HourlyUse, hourOf, writeConsumption } from './write-consumption.ts'

/** What a request is to be told once its transaction is committed. */
export type Verdict = { waiter: Waiter; outcome: ConsumeOutcome } | { waiter: Waiter; error: Error }

/** What a pool holds after the transaction, and whether it refused somebody. */
export interface BalanceAfter {
  group: Group
  /** Up to the limit; null: no limit. */
  granted: number | null
  remaining: number
  /** With what may be used past the limit. */
  room: number
  refused: boolean
}

export interface Decided {
  verdicts: Verdict[]
  balances: BalanceAfter[]
}

/**
 * Decides requests one by one, in the order in which they came, with everything they are measured against locked: the way for balances
 * that are not there yet or do not hold enough for all, for several balances at once, caps and rates, and for request ids that may have
 * been answered before. A request that does not fit leaves room for a smaller one behind it. The caller begins and commits the
 * transaction, and tells nobody before.
 */
export async function decideInTurn(client: PoolClient, groups: readonly Group[], now: Date): Promise<Decided> {
  const locked = await lockGroups(client, groups, now)
  await giveBackExpired(client, locked.flatMap(shortOf), now)
  const rates = await lockRatesOf(client, groups, now)
  const waiters = locked.flatMap(({ group }) => group.waiters)
  const answered = await answersOf(client, waiters)
  const seen = await seenAmong(
    client,
    locked.flatMap(({ group }) => group.waiters.flatMap(resourceOf)),
  )
  const decided: Decided = { verdicts: [], balances: [] }
  const taken: { waiter: Waiter; turn: Turn }[] = []
  const fresh: { waiter: Waiter; outcome: ConsumeOutcome }[] = []
  const resources: ResourceKey[] = []
  for (const { group, pool } of locked) {
    let refused = false
    for (const waiter of group.waiters) {
      const before = waiter.requestId === null ? undefined : answered.get(`${waiter.tenantId} ${waiter.requestId}`)
      if (before) {
        decided.verdicts.push(...repeat(waiter, before))
        continue
      }
      const [resource] = resourceOf(waiter)
      const isSeen = resource !== undefined && seen.has(resourceName(resource))
      const turn = decideTurn({ ...waiter, seen: isSeen }, pool, rates.get(rateGroup(waiter)) ?? [])
      if (turn.outcome.allowed) {
        take(turn, waiter.amount)
        taken.push({ waiter, turn })
        if (turn.portions.some(({ units }) => units < 0)) await writeReturned(client, taken.splice(0), turn, pool, now)
        if (resource && !isSeen) {
          resources.push(resource)
          seen.add(resourceName(resource))
        }
      } else if (turn.outcome.code === 'quota.limit_reached' || turn.outcome.code === 'quota.not_in_plan') refused = true
      const outcome = withRemedies(turn.outcome, waiter.kept)
      decided.verdicts.push({ waiter, outcome })
      if (waiter.requestId !== null) fresh.push({ waiter, outcome })
    }
    const { limit, remaining } = limitOf(pool.balances)
    decided.balances.push({ group, granted: limit, remaining: remaining ?? 0, room: roomInAll(pool.balances), refused })
  }
  if (taken.length > 0) await writeConsumption(client, consumptionOf(taken, now), now)
  await writeRates(client, [...rates.values()].flat())
  await rememberSeen(client, resources)
  await storeAnswers(
    client,
    fresh.map(({ waiter, outcome }) => {
      const { tenantId, requestId, amount, kept } = waiter
      return { request: { tenantId, requestId, amount, featureKey: askedFeature(waiter), askedOf: kept?.askedOf ?? null }, outcome }
    }),
    now,
  )
  return decided
}

/** Where a smaller value takes the place of a larger one, what comes back of a limit that fell is not granted again to those who follow. */
async function writeReturned(
  client: PoolClient,
  taken: readonly { waiter: Waiter; turn: Turn }[],
  turn: Turn,
  { balances }: LockedPool,
  now: Date,
): Promise<void> {
  await writeConsumption(client, consumptionOf(taken, now), now)
  await takeBackGrant(
    client,
    [...turn.portions, ...turn.capped].map(({ balance }) => balance),
    now,
  )
  Object.assign(turn.outcome, limitOf(balances))
}

/** Balances of a group that does not fit, which may hold what is past its time. */
function shortOf({ group, pool: { balances, caps } }: { group: Group; pool: LockedPool }): PoolBalance[] {
  const isShort = !group.plain || group.units > roomInAll(balances)
  return isShort ? [...balances, ...caps.values()] : []
}

function rateGroup({ tenantId, entitlement }: Waiter): string {
  return `${tenantId} ${entitlement.featureKey}`
}

async function lockRatesOf(client: PoolClient, groups: readonly Group[], now: Date): Promise<Map<string, LockedRate[]>> {
  const byGroup = new Map<string, LockedRate[]>()
  const keys = groups.flatMap(({ waiters }) => {
    const first = waiters[0]!
    const { tenantId, entitlement } = first
    if (entitlement.rates === undefined || byGroup.has(rateGroup(first))) return []
    byGroup.set(rateGroup(first), [])
    return entitlement.rates.map((rate) => ({ tenantId, featureKey: entitlement.featureKey, ...rate }))
  })
  for (const rate of await lockRates(client, keys, now)) byGroup.get(`${rate.tenantId} ${rate.featureKey}`)!.push(rate)
  return byGroup
}

function resourceOf(waiter: Waiter): ResourceKey[] {
  const { tenantId, window, measure, resource } = waiter
  if (measure?.aggregation !== 'unique' || resource === null) return []
  return [{ tenantId, featureKey: measure.featureKey, windowStart: window.startText, resource }]
}

/** Each of those that came with the id is held against what was answered before: the first of them may ask for something else. */
function repeat(first: Waiter, { expiresIn, outcome, ...asked }: StoredAnswer): Verdict[] {
  return [first, ...(first.twins ?? [])].map((one) => {
    const waiter = { ...one, twins: null }
    const isSame = expiresIn === null && asksTheSame(waiter, asked)
    return isSame ? { waiter, outcome } : { waiter, error: conflictWith(outcome.decisionId) }
  })
}

function consumptionOf(taken: readonly { waiter: Waiter; turn: Turn }[], now: Date) {
  const entries: Entry[] = []
  const hours: HourlyUse[] = []
  const hour = hourOf(now.getTime())
  for (const { waiter, turn } of taken) {
    const { tenantId, callerId, memberId, entitlement, measure } = waiter
    const askedFeatureKey = measure?.rate ? measure.featureKey : null
    for (const { balance, units } of [...turn.portions, ...turn.capped])
      entries.push({ balance, kind: 'consume', callerId, units, requests: 1, askedFeatureKey })
    const units = turn.portions.reduce((sum, portion) => sum + portion.units, 0)
    const use = { tenantId, callerId, memberId, hour }
    hours.push({ ...use, featureKey: entitlement.featureKey, units })
    if (askedFeatureKey !== null) hours.push({ ...use, featureKey: askedFeatureKey, units: waiter.amount })
  }
  return { changed: entries.map(({ balance }) => balance), entries, hours }
}
