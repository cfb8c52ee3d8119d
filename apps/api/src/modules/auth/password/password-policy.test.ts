import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AppError } from '../../../kernel/app-error.ts'
import { type Around, assertPasswordAllowed } from './password-policy.ts'

const ada = { email: 'ada.lovelace@analytical.example', name: 'Ada Lovelace' }

function refused(password: string, person: Around = ada): boolean {
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

const list = gunzipSync(readFileSync(join(import.meta.dirname, 'breached-passwords.txt.gz')))
  .toString('utf8')
  .split('\n')

test('no password of the breach list is accepted, however its letters are cased', () => {
  expect(list.length).toBeGreaterThan(53_000)
  const accepted = list.filter((password) => !(refused(password) && refused(password.toUpperCase())))
  expect(accepted).toEqual([])
}, 120_000)

test('no password of the breach list is accepted with up to four digits or signs around it', () => {
  const common = list.filter((password) => [...password].length >= 8)
  expect(common.filter((password) => !refused(`${password}2026`) || !refused(`!!${password}1?`))).toEqual([])
}, 120_000)

test('the names of what a person belongs to, and of the installation, are no passwords, alone or together', () => {
  const words = ['Analytical Engines Ltd', 'analytical-engines', 'accounts.babbage.example']
  const person = { ...ada, words }
  for (const password of [
    'AnalyticalEngines1!',
    'analytical-engines',
    'engines analytical',
    'babbage-accounts-2026',
    'Engines2026Babbage',
  ])
    expect([password, refused(password, person)]).toEqual([password, true])
  expect(refused('engines of the north sea', person)).toBe(false)
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
