import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatCompactQuantity, formatQuantity, formatShare } from './format-quantity.ts'

test('digits are grouped for the locale and a negative carries a true minus', () => {
  expect(formatQuantity(50_000)).toBe('50,000')
  expect(formatQuantity(-1_200)).toBe('\u22121,200')
  expect(formatQuantity(1_234_567, 'de')).toBe('1.234.567')
})

test('a quantity past 2^53 keeps its last digit', () => {
  expect(formatQuantity(9_007_199_254_740_993n)).toBe('9,007,199,254,740,993')
})

test('every bigint can be read back from what is shown', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), (amount) => {
      expect(BigInt(formatQuantity(amount).replaceAll(',', ''))).toBe(amount)
    }),
  )
})

test('a compact quantity is for axes', () => {
  expect(formatCompactQuantity(50_000)).toBe('50K')
})

test('a share never reads as full before it is', () => {
  expect(formatShare(49_999, 50_000)).toBe('99%')
  expect(formatShare(50_000, 50_000)).toBe('100%')
  expect(formatShare(3, 0)).toBe('0%')
})
