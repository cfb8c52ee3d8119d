import { expect, test } from 'vitest'
import { initials } from './initials.ts'

test.each([
  ['Ada Lovelace', 'AL'],
  ['ada', 'A'],
  ['Ada Augusta King-Noel', 'AN'],
  ['ada@example.com', 'A'],
  ['ada.lovelace@example.com', 'AL'],
  ['王小明', '明'],
  ['', '?'],
  ['--', '?'],
])('%s is %s', (name, expected) => {
  expect(initials(name)).toBe(expected)
})
