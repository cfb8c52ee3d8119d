import { expect, test, vi } from 'vitest'
import { startTestApp } from './testing/index.ts'
import { findLeaks } from './testing/isolation-matrix.ts'

vi.mock('./trpc/bind-tenant.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('./trpc/bind-tenant.ts')>()
  return {
    bindTenant: async (...[context, scope]: Parameters<typeof original.bindTenant>) => {
      const { requestedTenantId, caller } = context
      if (requestedTenantId === null || caller.kind !== 'user') return original.bindTenant(context, scope)
      return { ...context, tenantId: requestedTenantId, role: 'owner' as const, permissions: [] }
    },
  }
})

test('the matrix sees it when the check of membership is taken away', async () => {
  await using app = await startTestApp()
  const leaks = await findLeaks(app)
  expect(leaks.some((leak) => leak.includes('foreign owner') && leak.includes('told'))).toBe(true)
  expect(leaks.some((leak) => leak.includes('changed rows of the tenant'))).toBe(true)
}, 120_000)
