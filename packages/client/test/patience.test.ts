import { expect, test } from 'vitest'
import { waitMs } from '../src/http/patience.ts'

test('waits double up to two seconds, and are spread', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map((attempt) => waitMs(attempt, null, () => 1))).toEqual([100, 200, 400, 800, 1600, 2000, 2000])
  expect(waitMs(3, null, () => 0)).toBe(200)
})

test('what the server asked for is never cut short', () => {
  expect(waitMs(1, 3, () => 0)).toBe(3000)
  expect(waitMs(1, 3, () => 1)).toBe(3100)
  expect(
    waitMs(5, 1, () => 0),
    'a shorter time does not undo the doubling',
  ).toBe(800)
})
