import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { seal, unseal } from './seal.ts'

const key = randomBytes(32)

test('what was sealed opens with the same key for the same purpose, and with nothing else', () => {
  const sealed = seal(key, 'mail', 'a link that is a key, ключ, 鍵')
  expect(unseal(key, 'mail', sealed)).toBe('a link that is a key, ключ, 鍵')
  expect(() => unseal(randomBytes(32), 'mail', sealed)).toThrow()
  expect(() => unseal(key, 'signing key', sealed)).toThrow()
})

test('an altered or shortened text does not open', () => {
  const bytes = Buffer.from(seal(key, 'mail', 'text'), 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const altered = Buffer.from(bytes)
    altered[at]! ^= 1
    expect(() => unseal(key, 'mail', altered.toString('base64url'))).toThrow()
    expect(() => unseal(key, 'mail', bytes.subarray(0, at).toString('base64url'))).toThrow()
  }
})

test('the same text is never sealed to the same bytes', () => {
  expect(seal(key, 'mail', 'text')).not.toBe(seal(key, 'mail', 'text'))
})
