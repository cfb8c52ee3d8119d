import { expect, test } from 'vitest'
import { readAmount } from './read-amount.ts'

test('whole numbers are read, grouped or not', () => {
  expect(['1', ' 412 ', '50,000', '1 000 000', '9007199254740991'].map(readAmount)).toEqual([
    1,
    412,
    50_000,
    1_000_000,
    2 ** 53 - 1,
  ])
})

test('what cannot be counted exactly is refused, never rounded', () => {
  for (const typed of ['', '0', '-1', '1.5', '1e3', 'NaN', '9007199254740992', '1,5', '12,34', '0x10', '٣']) {
    expect([typed, readAmount(typed)]).toEqual([typed, null])
  }
})
