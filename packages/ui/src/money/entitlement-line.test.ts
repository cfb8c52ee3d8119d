import { expect, test } from 'vitest'
import { entitlementLabels, entitlementLine, type PlanEntitlement } from './entitlement-line.ts'

const base: PlanEntitlement = {
  feature: 'x',
  name: 'Characters',
  kind: 'metered',
  unit: 'characters',
  limit: 50_000,
  cadence: 'day',
}
const line = (change: Partial<PlanEntitlement>) => entitlementLine({ ...base, ...change }, entitlementLabels, 'en')

test('a limit reads with its cadence, and the unit only where the name does not say it', () => {
  expect(line({})).toBe('50,000 a day')
  expect(line({ name: 'API calls', unit: 'calls' })).toBe('50,000 a day')
  expect(line({ name: 'Storage', unit: 'MB', limit: 500, kind: 'gauge', cadence: 'never' })).toBe('500 MB')
})

test('unlimited, included and not included are words', () => {
  expect(line({ limit: null })).toBe('Unlimited')
  expect(line({ kind: 'boolean', limit: 1, unit: '' })).toBe('Included')
  expect(line({ kind: 'boolean', limit: null, unit: '' })).toBe('Included')
  expect(line({ kind: 'boolean', limit: 0, unit: '' })).toBe('—')
  expect(line({ limit: 0 })).toBe('—')
})
