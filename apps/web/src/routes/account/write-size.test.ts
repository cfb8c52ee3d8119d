import { expect, test } from 'vitest'
import { writeSize } from './write-size.ts'

test('a size is told in the largest unit it has one of', () => {
  expect([1, 999, 1_500, 999_000, 3_240_000, 48_000_000, 7_100_000_000_000].map(writeSize)).toEqual([
    '0 kB',
    '1 kB',
    '1.5 kB',
    '999 kB',
    '3.2 MB',
    '48 MB',
    '7,100 GB',
  ])
})
