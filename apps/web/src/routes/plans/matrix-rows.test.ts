import type { EntitlementView, PlanView } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import { matrixRows, writeEntitlement } from './matrix-rows.ts'

const characters: EntitlementView = {
  feature: 'characters',
  name: 'Characters',
  kind: 'metered',
  unit: 'character',
  limit: 1000,
  cadence: 'day',
}
const seats: EntitlementView = { feature: 'seats', name: 'Seats', kind: 'gauge', unit: 'seat', limit: 10, cadence: 'never' }
const plan = (key: string, entitlements: EntitlementView[]): PlanView => ({
  key,
  name: key,
  description: '',
  rank: 0,
  price: null,
  selfService: false,
  entitlements,
})

test('every feature is a row once, with a cell for each plan', () => {
  const rows = matrixRows([plan('free', [characters]), plan('pro', [{ ...characters, limit: 5 }, seats])])
  expect(rows.map(({ feature }) => feature)).toEqual(['characters', 'seats'])
  expect(rows.map(({ cells }) => cells.map((cell) => cell?.limit))).toEqual([
    [1000, 5],
    [undefined, 10],
  ])
})

test('a cell says the limit and how often it starts again', () => {
  expect(writeEntitlement(characters, 'en')).toBe('1,000 a day')
  expect(writeEntitlement(seats, 'en')).toBe('10')
  expect(writeEntitlement({ ...seats, name: 'Storage', unit: 'MB' }, 'en')).toBe('10 MB')
  expect(writeEntitlement({ ...characters, limit: null }, 'en')).toBe('Unlimited')
  expect(writeEntitlement({ ...characters, limit: 0 }, 'en')).toBe('Not included')
  expect(writeEntitlement({ ...characters, kind: 'boolean', limit: 1 }, 'en')).toBe('Included')
  expect(writeEntitlement(undefined, 'en')).toBe('Not included')
})
