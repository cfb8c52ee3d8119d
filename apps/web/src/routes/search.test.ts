import { expect, test } from 'vitest'
import { only, parseSearch, stringifySearch } from './search.ts'

test('a code of digits stays a text, with its leading zeros', () => {
  expect(parseSearch('?user_code=0042&token=1e5')).toEqual({ user_code: '0042', token: '1e5' })
})

test('what is written is read back, whatever the characters', () => {
  const search = { next: '/device?user_code=A B&x=ü', email: 'ada+1@example.com' }
  expect(parseSearch(stringifySearch(search))).toEqual(search)
})

test('an absent parameter leaves no trace in the address', () => {
  expect(stringifySearch({ next: undefined, email: '' })).toBe('')
})

test('parameters a screen does not know are dropped', () => {
  expect(only('token')({ token: 'a', evil: 'b' })).toEqual({ token: 'a' })
})
