import type { PoolClient } from 'pg'
import type { ConsumeOutcome } from '../../../kernel/ports/quota-engine.ts'
import { addShare, type Group, type Share } from './batch.ts'
import { giveBackExpired } from './give-back-expired.ts'
import { type LockedBalance, lockBalances, roomIn } from './lock-balances.ts'
import { allowedOutcome, deniedOutcome } from './outcome.ts'
import { answersOf, type StoredAnswer, storeAnswers } from './stored-answers.ts'
import { asksTheSame, conflictWith, type Waiter } from './waiter.ts'
import { windowOf } from './window-of.ts'
import { hourOf, writeConsumption } from './write-consumption.ts'

/** What a request is to be told once its transaction is committed. */
export type Verdict = { waiter: Waiter; outcome: ConsumeOutcome } | { waiter: Waiter; error: Error }

/** What a balance holds after the transaction, and whether it refused somebody. */
export interface BalanceAfter {
  group: Group
  granted: number | null
  remaining: number
  refused: boolean
}

export interface Decided {
  verdicts: Verdict[]
  balances: BalanceAfter[]
}

/**
 * Decides requests one by one, in the order in which they came, with their balances locked: the way for balances that are not
 * there yet or do not hold enough for all, and for request ids that may have been answered before. A request that does not fit
 * leaves room for a smaller one behind it. The caller begins and commits the transaction, and tells nobody before.
 */
export async function decideInTurn(client: PoolClient, groups: readonly Group[], now: Date): Promise<Decided> {
  const locked = await lockGroups(client, groups, now)
  const short = locked.filter(({ group, balance }) => group.units > roomIn(balance))
  await giveBackExpired(
    client,
    short.map(({ group, balance }) => ({ key: group, balance })),
    now,
  )
  const answered = await answersOf(
    client,
    groups.flatMap(({ waiters }) => waiters),
  )
  const decided: Decided = { verdicts: [], balances: [] }
  const fresh: { waiter: Waiter; outcome: ConsumeOutcome }[] = []
  const taken: { group: Group; balance: LockedBalance; shares: Map<string, Share> }[] = []
  for (const { group, balance } of locked) {
    const shares = new Map<string, Share>()
    let refused = false
    for (const waiter of group.waiters) {
      const before = waiter.requestId === null ? undefined : answered.get(`${waiter.tenantId} ${waiter.requestId}`)
      if (before) {
        decided.verdicts.push(repeat(waiter, before))
        continue
      }
      const outcome = decide(waiter, balance)
      if (outcome.allowed) addShare(shares, waiter.callerId, waiter.amount)
      else refused = true
      decided.verdicts.push({ waiter, outcome })
      if (waiter.requestId !== null) fresh.push({ waiter, outcome })
    }
    if (shares.size > 0) taken.push({ group, balance, shares })
    decided.balances.push({ group, granted: balance.granted, remaining: roomIn(balance), refused })
  }
  await writeAll(client, taken, now)
  await storeAnswers(client, fresh, now)
  return decided
}

function decide(waiter: Waiter, balance: LockedBalance): ConsumeOutcome {
  const room = roomIn(balance)
  if (waiter.amount > room) return deniedOutcome(waiter, balance.granted, room)
  balance.consumed += waiter.amount
  return allowedOutcome(waiter, balance.granted, room - waiter.amount)
}

function repeat(waiter: Waiter, { featureKey, amount, expiresIn, outcome }: StoredAnswer): Verdict {
  if (expiresIn !== null || !asksTheSame(waiter, featureKey, amount)) return { waiter, error: conflictWith(outcome.decisionId) }
  return { waiter, outcome }
}

const nothing = (): LockedBalance => ({ granted: 0, consumed: 0, held: 0 })

/** Locks a balance for each group. Where the node's memory of a cadence is out of date, the group moves to the right window. */
async function lockGroups(
  client: PoolClient,
  groups: readonly Group[],
  now: Date,
): Promise<{ group: Group; balance: LockedBalance }[]> {
  const keyOf = ({ tenantId, featureKey, window, waiters }: Group) => {
    return { tenantId, featureKey, window, cadence: waiters[0]!.entitlement.cadence }
  }
  const balances = await lockBalances(client, groups.map(keyOf), now)
  if (balances.every((balance) => balance !== null)) return groups.map((group, index) => ({ group, balance: balances[index]! }))
  const current: Group[] = []
  for (const [index, group] of groups.entries())
    current.push(balances[index] ? group : await withCurrentCadence(client, group, now))
  await client.query('rollback to savepoint before_locks')
  const again = await lockBalances(client, current.map(keyOf), now)
  return current.map((group, index) => ({ group, balance: again[index] ?? nothing() }))
}

async function withCurrentCadence(client: PoolClient, group: Group, now: Date): Promise<Group> {
  const { rows } = await client.query('select cadence from entitlement where tenant_id = $1 and feature_key = $2', [
    group.tenantId,
    group.featureKey,
  ])
  if (!rows[0]) return group
  const { cadence } = rows[0]
  const window = windowOf(cadence, now.getTime())
  const waiters = group.waiters.map((waiter) => ({ ...waiter, window, entitlement: { ...waiter.entitlement, cadence } }))
  return { ...group, window, waiters }
}

async function writeAll(
  client: PoolClient,
  taken: readonly { group: Group; balance: LockedBalance; shares: Map<string, Share> }[],
  now: Date,
): Promise<void> {
  if (taken.length === 0) return
  const changes = taken.map(({ group, balance }) => ({
    key: { ...group, cadence: group.waiters[0]!.entitlement.cadence },
    balance,
  }))
  const hour = hourOf(now.getTime())
  const consumptions = taken.flatMap(({ shares }, index) =>
    [...shares.values()].map((share) => ({ ...share, key: changes[index]!.key, hour })),
  )
  await writeConsumption(client, changes, consumptions, now)
}
