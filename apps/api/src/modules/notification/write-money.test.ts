import { expect, test } from 'vitest'
import { writeMoney } from './write-money.ts'

test.each([
  [2900, 'cny', '¥29.00 CNY'],
  [2900, 'jpy', '¥2,900 JPY'],
  [5, 'usd', '$0.05 USD'],
  [-450, 'usd', '-$4.50 USD'],
  [1234567, 'eur', '€12,345.67 EUR'],
  [1500, 'kwd', 'KWD 1.500 KWD'],
])('%i of %s is written %s', (amountMinor, currency, written) => {
  expect(writeMoney('en', { amountMinor, currency }).replaceAll('\u00a0', ' ')).toBe(written)
})
