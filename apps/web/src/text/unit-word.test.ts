import { expect, test } from 'vitest'
import { unitWord } from './unit-word.ts'

test('words are counted in the plural, symbols and plurals stay', () => {
  expect(['character', 'call', 'seats', 'MB', 'GB·h', ''].map(unitWord)).toEqual(['characters', 'calls', 'seats', 'MB', 'GB·h', ''])
})
