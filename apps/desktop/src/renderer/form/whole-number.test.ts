import { expect, test } from 'vitest'
import { wholeNumber } from './whole-number.ts'

test.each([
  ['0', 0],
  ['1000', 1_000],
  [' 1,000,000 ', 1_000_000],
  ['12 500', 12_500],
])('%j is a whole number', (text, number) => {
  expect(wholeNumber(text)).toBe(number)
})

test.each(['', '1,5', '1.000', '-1', '1e3', '1,0000', 'many'])(
  '%j is none, so that nothing is given by a slip of the pen',
  (text) => {
    expect(wholeNumber(text)).toBeNull()
  },
)
