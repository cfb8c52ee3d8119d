import { isPlain, type Waiter } from './waiter.ts'
import type { QuotaWindow } from './window-of.ts'

/** What one caller takes of one balance in one commit. */
export interface Share {
  callerId: string
  /** Whom a key asks for; null: whoever asks, asks for themselves. */
  memberId: string | null
  units: number
  requests: number
}

/** The requests of one commit for one balance, in the order in which they came. */
export interface Group {
  tenantId: string
  featureKey: string
  window: QuotaWindow
  units: number
  /** All of them take their amount of one balance, and nothing else has to be looked at. */
  plain: boolean
  waiters: Waiter[]
  shares: Map<string, Share>
}

/** Sorts requests by the balance they ask for. A request whose id is already among them joins the first as its twin. */
export function groupByBalance(waiters: readonly Waiter[]): Group[] {
  const groups: Group[] = []
  const byKey = new Map<string, Group>()
  const byRequestId = new Map<string, Waiter>()
  let last: Group | null = null
  for (const waiter of waiters) {
    if (waiter.requestId !== null && joinsTwin(waiter, byRequestId)) continue
    if (last === null || !isFor(last, waiter)) {
      const key = `${waiter.tenantId} ${waiter.entitlement.featureKey} ${waiter.window.startText}`
      last = byKey.get(key) ?? null
      if (last === null) {
        last = groupOf(waiter)
        byKey.set(key, last)
        groups.push(last)
      }
    }
    add(last, waiter)
  }
  return groups
}

function joinsTwin(waiter: Waiter, byRequestId: Map<string, Waiter>): boolean {
  const key = `${waiter.tenantId} ${waiter.requestId}`
  const first = byRequestId.get(key)
  if (!first) {
    byRequestId.set(key, waiter)
    return false
  }
  first.twins ??= []
  first.twins.push(waiter)
  return true
}

function isFor(group: Group, { tenantId, entitlement, window }: Waiter): boolean {
  return group.window === window && group.featureKey === entitlement.featureKey && group.tenantId === tenantId
}

function groupOf({ tenantId, entitlement, window }: Waiter): Group {
  return { tenantId, featureKey: entitlement.featureKey, window, units: 0, plain: true, waiters: [], shares: new Map() }
}

function add(group: Group, waiter: Waiter): void {
  group.waiters.push(waiter)
  group.units += waiter.amount
  group.plain &&= isPlain(waiter)
  addShare(group.shares, waiter, waiter.amount)
}

/** Adds a request to what its caller takes. */
export function addShare(
  shares: Map<string, Share>,
  { callerId, memberId }: Pick<Share, 'callerId' | 'memberId'>,
  units: number,
): void {
  const name = memberId === null ? callerId : `${callerId} ${memberId}`
  const share = shares.get(name)
  if (share) {
    share.units += units
    share.requests++
  } else shares.set(name, { callerId, memberId, units, requests: 1 })
}
