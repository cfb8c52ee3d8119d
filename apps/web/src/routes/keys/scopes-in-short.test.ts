import { KeyScope } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import { scopesInShort } from './scopes-in-short.ts'
import { text } from './text.ts'

test('every scope of the server has words, and all of them together read as one', () => {
  expect(Object.keys(text.scopes).toSorted()).toEqual(KeyScope.options.toSorted())
  expect(scopesInShort(['decision:ask', 'usage:write'])).toBe('decide, report')
  expect(scopesInShort(KeyScope.options)).toBe('everything')
})
