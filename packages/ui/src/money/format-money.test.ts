import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatMoney, formatMoneyWithCode, minorDigits, toDecimal } from './format-money.ts'

test('minor units follow the currency: two, none, three', () => {
  expect(['cny', 'USD', 'jpy', 'krw', 'kwd'].map(minorDigits)).toEqual([2, 2, 0, 0, 3])
  expect(formatMoney(2900, 'cny')).toBe('¥29.00')
  expect(formatMoney(2900, 'jpy')).toBe('¥2,900')
  expect(formatMoneyWithCode(12_345, 'kwd')).toBe('12.345 KWD')
})

test('minor digits are always shown, also for round and tiny amounts', () => {
  expect(formatMoney(0, 'usd')).toBe('$0.00')
  expect(formatMoney(5, 'usd')).toBe('$0.05')
  expect(formatMoney(100, 'usd')).toBe('$1.00')
})

test('a negative amount carries a true minus', () => {
  expect(formatMoney(-450, 'usd')).toBe('\u2212$4.50')
  expect(formatMoneyWithCode(-450, 'usd')).toBe('\u22124.50 USD')
})

test('the locale decides the grouping and the decimal sign', () => {
  expect(formatMoney(123_456_789, 'eur', 'de').replaceAll('\u00a0', ' ')).toBe('1.234.567,89 €')
  expect(formatMoney(2900, 'cny', 'zh-CN')).toBe('¥29.00')
})

test('a malformed currency is refused instead of guessed', () => {
  expect(() => formatMoney(1, 'yuan')).toThrow(RangeError)
})

test('no digit is lost or invented, however large the amount', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.constantFrom('cny', 'jpy', 'kwd'), (minor, currency) => {
      const digits = (text: string) => BigInt(text.replace(/\D/g, ''))
      const size = minor < 0n ? -minor : minor
      expect(digits(toDecimal(minor, currency))).toBe(size)
      expect(digits(formatMoney(minor, currency))).toBe(size)
      expect(formatMoney(minor, currency).startsWith('\u2212')).toBe(minor < 0n)
    }),
  )
})
