import { apiKeyRouter } from './modules/api-key/index.ts'
import { auditRouter } from './modules/audit/index.ts'
import { authRouter } from './modules/auth/index.ts'
import { billingRouter } from './modules/billing/index.ts'
import { catalogRouter } from './modules/catalog/index.ts'
import { leaseRouter } from './modules/lease/index.ts'
import { operatorRouter } from './modules/operator/index.ts'
import { personalDataRouter } from './modules/personal-data/index.ts'
import { quotaRouter } from './modules/quota/index.ts'
import { tenantRouter } from './modules/tenant/index.ts'
import { router } from './trpc/init.ts'

/** Everything that can be asked of the server. Its type is what every client of ours is made of. */
export const appRouter = router({
  auth: authRouter,
  tenant: tenantRouter,
  apiKey: apiKeyRouter,
  catalog: catalogRouter,
  quota: quotaRouter,
  lease: leaseRouter,
  billing: billingRouter,
  audit: auditRouter,
  operator: operatorRouter,
  personalData: personalDataRouter,
})

export type AppRouter = typeof appRouter
