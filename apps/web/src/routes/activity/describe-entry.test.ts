import { expect, test } from 'vitest'
import { describeAction, describeDetails } from './describe-entry.ts'

test('an action without words of its own still reads', () => {
  expect(describeAction('api_key.issued')).toBe('Issued an API key')
  expect(describeAction('spend_cap.raised')).toBe('spend cap: raised')
})

test('details read as one line, without what is empty', () => {
  expect(describeDetails({ name: 'ci', keyId: 'key_1', note: null, rotated: false })).toBe(
    'name: ci · key id: key_1 · rotated: false',
  )
})
