import fc from 'fast-check'
import { expect, test } from 'vitest'
import { creditsFor, measured } from './measured.ts'

const rate = fc.record({ units: fc.integer({ min: 1, max: 1_000 }), per: fc.integer({ min: 1, max: 10_000 }) })

test('credits are the least whole number that pays for the amount', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), rate, (amount, { units, per }) => {
      const credits = creditsFor(amount, { units, per })
      if (credits === Number.POSITIVE_INFINITY) {
        expect((BigInt(amount) * BigInt(units)) / BigInt(per)).toBeGreaterThanOrEqual(BigInt(Number.MAX_SAFE_INTEGER))
        return
      }
      // c credits buy c * per / units; so many are enough, and one fewer is not
      expect(BigInt(credits) * BigInt(per)).toBeGreaterThanOrEqual(BigInt(amount) * BigInt(units))
      expect(BigInt(credits - 1) * BigInt(per)).toBeLessThan(BigInt(amount) * BigInt(units))
    }),
  )
})

test('one after the other, amounts make the number that their kind says', () => {
  const said = fc.array(fc.record({ amount: fc.integer({ min: 1, max: 50 }), resource: fc.nat(5) }), {
    minLength: 1,
    maxLength: 30,
  })
  fc.assert(
    fc.property(said, fc.constantFrom('sum', 'count', 'max', 'unique', 'latest'), (all, aggregation) => {
      let current = 0
      const seen = new Set<number>()
      for (const { amount, resource } of all) {
        current += measured({ aggregation, rate: null }, { amount, current, seen: seen.has(resource) })
        seen.add(resource)
      }
      const amounts = all.map(({ amount }) => amount)
      const expected = {
        sum: amounts.reduce((sum, amount) => sum + amount, 0),
        count: all.length,
        max: Math.max(...amounts),
        unique: seen.size,
        latest: amounts.at(-1)!,
      }
      expect(current).toBe(expected[aggregation])
    }),
  )
})
