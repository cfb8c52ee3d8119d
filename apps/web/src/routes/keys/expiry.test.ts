import { expect, test } from 'vitest'
import { expiresAt, expiries, readExpiry } from './expiry.ts'

const now = new Date('2026-02-27T10:00:00Z')

test('an expiry is so many whole days from now, over the end of a month too', () => {
  expect(expiresAt('7', now)).toBe('2026-03-06T10:00:00.000Z')
  expect(expiresAt('365', now)).toBe('2027-02-27T10:00:00.000Z')
  expect(expiresAt('never', now)).toBeUndefined()
})

test('a value that is not offered never becomes a key without an end', () => {
  for (const expiry of expiries) expect(readExpiry(expiry)).toBe(expiry)
  for (const value of [null, '', '0', 'forever']) expect(readExpiry(value)).toBe('90')
})
