import { expect, test } from 'vitest'
import { pickTenant } from './pick-tenant.ts'

const own = { id: 'ten_1', name: 'Ada', slug: 'ada', role: 'owner' as const }
const acme = { id: 'ten_2', name: 'Acme', slug: 'acme', role: 'member' as const }

test('the chosen tenant is kept while the person still belongs to it', () => {
  expect(pickTenant([own, acme], 'ten_2')).toBe(acme)
  expect(pickTenant([own], 'ten_2')).toBe(own)
  expect(pickTenant([own, acme], null)).toBe(own)
  expect(pickTenant([], 'ten_2')).toBeUndefined()
})
