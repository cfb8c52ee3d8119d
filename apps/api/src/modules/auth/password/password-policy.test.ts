import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AppError } from '../../../kernel/app-error.ts'
import { assertPasswordAllowed } from './password-policy.ts'

const ada = { email: 'ada.lovelace@analytical.example', name: 'Ada Lovelace' }

function refused(password: string, person = ada): boolean {
  try {
    assertPasswordAllowed(password, person)
    return false
  } catch (error) {
    expect(error).toBeInstanceOf(AppError)
    expect((error as AppError).code).toBe('auth.password_refused')
    expect((error as AppError).particulars.faults?.[0]?.path).toBe('password')
    return true
  }
}

test('no password of the breach list is accepted, however its letters are cased', () => {
  const list = gunzipSync(readFileSync(join(import.meta.dirname, 'breached-passwords.txt.gz')))
    .toString('utf8')
    .trim()
    .split('\n')
  expect(list.length).toBeGreaterThan(12_000)
  const accepted = list.filter((password) => password.length >= 12 && !(refused(password) && refused(password.toUpperCase())))
  expect(accepted).toEqual([])
})

test.each([
  'tollkeeper2026',
  'Tollkeeper!!!!',
  'password-password',
  'Welcome-2026!!',
  'adalovelace1815',
  'lovelace.ada.1',
  'analytical2026',
  'aaaaaaaaaaaaaaaa',
  'abcabcabcabcabc',
  'abcdefghijklmnop',
  'ponmlkjihgfedcba',
  'qwertyuiopas',
])('%s is refused: it is what an attacker tries first', (password) => {
  expect(refused(password)).toBe(true)
})

test.each(['orchard lantern 57 quartz', 'a long password 3fa9c1d0', 'ひらがなとカタカナと漢字で書く', '7f3k9x2m8q4z'])(
  '%s is accepted',
  (password) => {
    expect(refused(password)).toBe(false)
  },
)

test('length is counted in code points after normalisation: 11 are too few, 12 and 128 are right, 129 are too many', () => {
  const letters = [...'🜁🜂🜃🜄☿♄♃♂♀☉☽🝳']
  const of = (count: number) =>
    Array.from({ length: count }, (_, index) => letters[(index * 7 + Math.floor(index / 12)) % 12]).join('')
  expect([11, 12, 128, 129].map((count) => refused(of(count)))).toEqual([true, false, false, true])
})

test('any string of 12 to 128 code points that is not guessable is accepted: there are no rules of composition', () => {
  const word = fc.string({ unit: 'binary', minLength: 24, maxLength: 100 })
  fc.assert(
    fc.property(word, (password) => {
      fc.pre([...password.normalize('NFKC')].length >= 12 && [...password.normalize('NFKC')].length <= 128)
      fc.pre(new Set(password).size > 8)
      return !refused(password)
    }),
    { numRuns: 300 },
  )
})
