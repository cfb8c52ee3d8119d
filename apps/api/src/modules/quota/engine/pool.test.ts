import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inBurnOrder, limitOf, overageOf, type PoolBalance, portionsBack, portionsOf, roomIn, roomInAll } from './pool.ts'

const kinds = ['allowance', 'rollover', 'grant', 'overage'] as const

const balances = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      granted: fc.option(fc.nat(40), { freq: 8 }),
      consumed: fc.nat(20),
      held: fc.nat(10),
      priority: fc.integer({ min: -2, max: 2 }),
      endsAt: fc.constantFrom(1, 2, Number.POSITIVE_INFINITY),
      openedAt: fc.nat(3),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((some) =>
    some.map((one, index): PoolBalance => {
      const granted = one.granted === null ? null : Math.max(one.granted, one.consumed + one.held)
      return { ...one, granted, tenantId: 'ten_1', featureKey: 'words', windowStart: '', origin: `o${index}` }
    }),
  )

/** What the rule says, unit by unit: of all that have room, the one that no other goes before. */
function oneByOne(pool: readonly PoolBalance[], units: number): Map<string, number> {
  const taken = new Map<string, number>()
  const rest = (one: PoolBalance) => roomIn(one) - (taken.get(one.origin) ?? 0)
  for (let unit = 0; unit < units; unit++) {
    let next: PoolBalance | null = null
    for (const one of pool) if (rest(one) > 0 && (next === null || goesBefore(one, next))) next = one
    if (next === null) break
    taken.set(next.origin, (taken.get(next.origin) ?? 0) + 1)
  }
  return taken
}

function goesBefore(a: PoolBalance, b: PoolBalance): boolean {
  if ((a.kind === 'overage') !== (b.kind === 'overage')) return b.kind === 'overage'
  if (a.priority !== b.priority) return a.priority < b.priority
  if (a.endsAt !== b.endsAt) return a.endsAt < b.endsAt
  if (a.openedAt !== b.openedAt) return a.openedAt < b.openedAt
  return a.origin < b.origin
}

test('units are taken as if one after the other, each from what is used up first', () => {
  fc.assert(
    fc.property(balances, fc.nat(120), (pool, units) => {
      const portions = portionsOf(inBurnOrder(pool), units)
      expect(new Map(portions.map(({ balance, units: part }) => [balance.origin, part]))).toEqual(oneByOne(pool, units))
    }),
    { numRuns: 2_000 },
  )
})

test('never more than there is room for is taken, of any balance or of all, and past the limit only when nothing else is left', () => {
  fc.assert(
    fc.property(balances, fc.nat(200), (pool, units) => {
      const portions = portionsOf(inBurnOrder(pool), units)
      const total = portions.reduce((sum, portion) => sum + portion.units, 0)
      expect(total).toBe(Math.min(units, roomInAll(pool)))
      for (const { balance, units: part } of portions) expect(part).toBeLessThanOrEqual(roomIn(balance))
      const { remaining } = limitOf(pool)
      expect(overageOf(portions)).toBe(remaining === null ? 0 : Math.max(0, total - remaining))
    }),
  )
})

test('what was taken and is given back at once leaves every balance as it was', () => {
  fc.assert(
    fc.property(balances, fc.nat(100), (pool, units) => {
      const order = inBurnOrder(pool.map((one) => ({ ...one, consumed: 0 })))
      const portions = portionsOf(order, units)
      for (const { balance, units: part } of portions) balance.consumed += part
      const total = portions.reduce((sum, portion) => sum + portion.units, 0)
      for (const { balance, units: part } of portionsBack(order, total)) balance.consumed += part
      expect(order.map(({ consumed }) => consumed)).toEqual(order.map(() => 0))
    }),
  )
})
