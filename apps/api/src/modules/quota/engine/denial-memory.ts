import type { BalanceAfter } from './decide-in-turn.ts'

/** For this long an exhausted balance answers from memory those who asked for more than it had left, and gave no request id. */
const REMEMBERED_MS = 50

/** What was left of exhausted balances a moment ago: a caller that hammers at its limit does not reach the database each time. */
export class DenialMemory {
  #byTenant = new Map<string, (BalanceAfter & { until: number })[]>()

  remember(after: BalanceAfter): void {
    const { tenantId } = after.group
    const now = performance.now()
    const live = this.#byTenant
      .get(tenantId)
      ?.filter((one) => one.until > now && !isFor(one, after.group.featureKey, after.group.window.startText))
    this.#byTenant.set(tenantId, [...(live ?? []), { ...after, until: now + REMEMBERED_MS }])
  }

  /** The balance, if it is known to hold less than `amount`. Where it may hold enough, it is about to hold less than is known. */
  find(tenantId: string, featureKey: string, windowStart: string, amount: number): BalanceAfter | undefined {
    if (this.#byTenant.size === 0) return undefined
    const known = this.#byTenant.get(tenantId)
    if (!known) return undefined
    const now = performance.now()
    const one = known.find((balance) => balance.until > now && isFor(balance, featureKey, windowStart))
    if (!one) {
      if (known.every(({ until }) => until <= now)) this.#byTenant.delete(tenantId)
      return undefined
    }
    if (amount > one.room) return one
    known.splice(known.indexOf(one), 1)
    return undefined
  }

  forget(tenantId: string): void {
    this.#byTenant.delete(tenantId)
  }
}

function isFor({ group }: BalanceAfter, featureKey: string, windowStart: string): boolean {
  return group.featureKey === featureKey && group.window.startText === windowStart
}
