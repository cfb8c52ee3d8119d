import { type TenantRole, tenantRoles } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import { covers, rolesByRank } from './offered-roles.ts'

test('a role is offered exactly by those who hold all of it, as the server decides', () => {
  expect([...rolesByRank].sort()).toEqual(Object.keys(tenantRoles).sort())
  const holds = (held: TenantRole, other: TenantRole) =>
    tenantRoles[other].every((permission) => (tenantRoles[held] as readonly string[]).includes(permission))
  for (const held of rolesByRank)
    for (const other of rolesByRank) expect(covers(held, other), `${held} ${other}`).toBe(holds(held, other))
})
