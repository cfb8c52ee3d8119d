import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashSecret, isWellFormed, looksLikeKey, mintSecret } from './secret.ts'

test('a secret has 190 bits of chance, checks itself, and shows only its ends', () => {
  const minted = Array.from({ length: 500 }, mintSecret)
  expect(new Set(minted.map(({ secret }) => secret)).size).toBe(500)
  for (const { secret, prefix, lastFour, hash } of minted) {
    expect(secret).toMatch(/^tk_[0-9A-Za-z]{38}$/)
    expect(isWellFormed(secret) && looksLikeKey(secret)).toBe(true)
    expect(secret.startsWith(prefix) && secret.endsWith(lastFour)).toBe(true)
    expect(prefix.length + lastFour.length).toBeLessThan(14)
    expect(hash).toBe(hashSecret(secret))
    expect(hash).not.toContain(secret.slice(3, 12))
  }
})

test('one wrong character, or two that changed places, is told without a look-up', () => {
  const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
  fc.assert(
    fc.property(fc.nat(37), fc.nat(61), (place, letter) => {
      const { secret } = mintSecret()
      const at = place + 3
      const wrong = secret.slice(0, at) + letters[letter] + secret.slice(at + 1)
      expect(isWellFormed(wrong)).toBe(wrong === secret)
      const swapped = secret.slice(0, at - 1) + secret[at] + secret[at - 1] + secret.slice(at + 1)
      if (at > 3) expect(isWellFormed(swapped)).toBe(swapped === secret)
    }),
    { numRuns: 300 },
  )
})

test.each(['', 'tk_', 'tk_short', `tk_${'0'.repeat(39)}`, `tk_${'0'.repeat(38)}\n`, 'sk_test_0123456789'])(
  '%j is no key',
  (credential) => {
    expect(isWellFormed(credential)).toBe(false)
  },
)
