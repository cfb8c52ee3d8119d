import { Email } from '@tollkeeper/shared'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalEmail } from './email-address.ts'

const local = fc.stringMatching(/^[A-Za-z0-9_'+-]{1,12}(\.[A-Za-z0-9_'+-]{1,8}){0,2}$/)
const address = fc.tuple(local, fc.stringMatching(/^[A-Za-z0-9]{1,10}\.[A-Za-z]{2,6}$/)).map(([name, host]) => `${name}@${host}`)
const ascii = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32))

test('writing an address in its one form a second time changes nothing', () => {
  fc.assert(
    fc.property(fc.oneof(address, fc.string({ unit: 'binary' })), (text) => {
      expect(canonicalEmail(canonicalEmail(text))).toBe(canonicalEmail(text))
    }),
  )
}, 120_000)

test('two addresses that are accepted are one only if they differ by the case of ASCII letters alone', () => {
  const character = fc.oneof(
    { weight: 9, arbitrary: fc.stringMatching(/^[A-Za-z0-9_'+.-]$/) },
    fc.constantFrom(...'\u212A\u0131\u0130\u017F\u0430\uFF41\u00DF\u1E9E\u03C3\u03C2\uFB01\u0307'),
  )
  const change = fc.tuple(address, fc.nat(), character)
  fc.assert(
    fc.property(change, ([one, at, character]) => {
      const place = at % one.length
      const other = one.slice(0, place) + character + one.slice(place + 1)
      fc.pre(Email.safeParse(one).success && Email.safeParse(other).success)
      expect(canonicalEmail(one) === canonicalEmail(other)).toBe(ascii(one) === ascii(other.trim()))
    }),
    { numRuns: 1_000 },
  )
}, 120_000)

test.each([
  ['the Kelvin sign', '\u212Aate@example.test'],
  ['a dotless i', 'm\u0131ke@example.test'],
  ['a capital I with a dot', 'm\u0130ke@example.test'],
  ['a long s', 'bo\u017F\u017F@example.test'],
  ['a Cyrillic a', '\u0430da@example.test'],
  ['fullwidth letters', '\uFF41da@example.test'],
  ['a soft hyphen', 'a\u00ADda@example.test'],
  ['a zero width space', 'ada\u200B@example.test'],
  ['a fullwidth at sign', 'ada\uFF20example.test'],
  ['an ideographic full stop', 'ada@example\u3002test'],
  ['a null', 'ada\u0000@example.test'],
  ['a line break', 'ada@example.test\nbcc: eve@evil.example'],
  ['two addresses', 'ada@example.test,eve@evil.example'],
  ['a name before it', 'Ada <ada@example.test>'],
  ['two at signs', 'ada@example.test@evil.example'],
  ['a percent route', 'ada%example.test@evil.example'],
])('an address with %s in it is refused', (_what, text) => {
  expect(Email.safeParse(text).success).toBe(false)
})
