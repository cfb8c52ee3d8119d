export { ensurePersonalTenant } from './ensure-personal-tenant.ts'
export { openTenant } from './open-tenant.ts'
export { tenantRouter } from './router.ts'
