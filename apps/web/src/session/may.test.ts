import { type Permission, permissions, TenantRole, tenantRoles } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import { may } from './may.ts'

test('what a screen offers to a role is what the server lets it do', () => {
  for (const role of TenantRole.options) {
    const held: readonly Permission[] = tenantRoles[role]
    for (const permission of Object.keys(permissions) as Permission[]) {
      expect([role, permission, may(role, permission)]).toEqual([role, permission, held.includes(permission)])
    }
  }
})
