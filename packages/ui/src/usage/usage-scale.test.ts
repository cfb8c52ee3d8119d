import fc from 'fast-check'
import { expect, test } from 'vitest'
import { usageScale, usageState } from './usage-scale.ts'

test('the state turns at four fifths, at the limit and beyond it', () => {
  expect(usageState(79, 100)).toBe('within')
  expect(usageState(80, 100)).toBe('near')
  expect(usageState(100, 100)).toBe('at')
  expect(usageState(101, 100)).toBe('over')
  expect(usageState(5, null)).toBe('unlimited')
  expect(usageState(0, 0)).toBe('not-included')
  expect(usageState(1, 0)).toBe('over')
})

test('the limit is the right end of the bar until usage or forecast passes it', () => {
  expect(usageScale(25, 100)).toEqual({ fill: 0.25, overage: 0.25, forecast: 0.25, limit: 1 })
  expect(usageScale(50, 100, 200)).toEqual({ fill: 0.25, overage: 0.25, forecast: 1, limit: 0.5 })
  expect(usageScale(200, 100)).toEqual({ fill: 0.5, overage: 1, forecast: 1, limit: 0.5 })
})

test('whatever the numbers, the parts lie on the bar and in order', () => {
  const amount = fc.oneof(fc.nat(), fc.bigInt({ min: 0n, max: 10n ** 20n }))
  fc.assert(
    fc.property(amount, fc.option(amount), fc.option(amount, { nil: undefined }), (used, limit, forecast) => {
      const scale = usageScale(used, limit, forecast)
      expect(scale.fill).toBeGreaterThanOrEqual(0)
      expect(scale.overage).toBeGreaterThanOrEqual(scale.fill)
      expect(scale.forecast).toBeGreaterThanOrEqual(scale.overage)
      expect(Math.max(scale.forecast, scale.limit ?? 0)).toBeLessThanOrEqual(1)
      if (scale.limit !== null) expect(scale.fill).toBeLessThanOrEqual(scale.limit)
    }),
  )
})
