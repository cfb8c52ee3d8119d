import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '../../../kernel/new-id.ts'
import { mintRefreshToken, readRefreshToken } from './refresh-token.ts'

const key = randomBytes(32)

test('a token says its family and its place, to who has the key', () => {
  const family = newId('refreshFamily')
  expect(readRefreshToken(key, mintRefreshToken(key, family, 7))).toEqual({ familyId: family, counter: 7 })
  expect(readRefreshToken(randomBytes(32), mintRefreshToken(key, family, 7))).toBe(null)
})

test('any change of one character makes it nothing', () => {
  const token = mintRefreshToken(key, newId('refreshFamily'), 3)
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
      fc.pre(token[at] !== character)
      return readRefreshToken(key, token.slice(0, at) + character + token.slice(at + 1)) === null
    }),
    { numRuns: 500 },
  )
})

test('a token of one place does not work at another, nor with zeros before the number', () => {
  const token = mintRefreshToken(key, newId('refreshFamily'), 3)
  expect(readRefreshToken(key, token.replace('_3_', '_4_'))).toBe(null)
  expect(readRefreshToken(key, token.replace('_3_', '_03_'))).toBe(null)
  expect(readRefreshToken(key, `${token}\n`)).toBe(null)
})
