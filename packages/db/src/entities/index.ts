import { apiKeyEntities } from './api-key.ts'
import { authEntities } from './auth.ts'
import { billingEntities } from './billing.ts'
import { booksEntities } from './books.ts'
import { catalogEntities } from './catalog.ts'
import { decisionEntities } from './decision.ts'
import { heldUnitsEntities } from './held-units.ts'
import { quotaEntities } from './quota.ts'
import { recordEntities } from './record.ts'
import { secondFactorEntities } from './second-factor.ts'
import { tenantEntities } from './tenant.ts'
import { usageEntities } from './usage.ts'
import { wayInEntities } from './way-in.ts'

export * from './api-key.ts'
export * from './auth.ts'
export * from './billing.ts'
export * from './books.ts'
export * from './catalog.ts'
export * from './decision.ts'
export * from './held-units.ts'
export * from './quota.ts'
export * from './record.ts'
export * from './second-factor.ts'
export * from './tenant.ts'
export { systemRole, tenantRole } from './tenant-wall.ts'
export * from './usage.ts'
export * from './way-in.ts'

export const entities = [
  ...authEntities,
  ...secondFactorEntities,
  ...tenantEntities,
  ...apiKeyEntities,
  ...catalogEntities,
  ...quotaEntities,
  ...heldUnitsEntities,
  ...usageEntities,
  ...decisionEntities,
  ...booksEntities,
  ...billingEntities,
  ...recordEntities,
  ...wayInEntities,
]
