import { FeatureList, FeatureView, PlanList, SetFailurePolicyInput, SetLeasingInput, WholeCatalog } from '@tollkeeper/shared'
import { router } from '../../trpc/init.ts'
import { operatorProcedure, publicProcedure, tenantProcedure } from '../../trpc/procedures.ts'
import { listFeatures } from './list-features.ts'
import { listPlans } from './list-plans.ts'
import { readWholeCatalog } from './read-whole-catalog.ts'
import { setFailurePolicy } from './set-failure-policy.ts'
import { setLeasing } from './set-leasing.ts'

export const catalogRouter = router({
  plans: publicProcedure({
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/subscriptions/plans', summary: 'The plans there are, with what each allows' },
  })
    .output(PlanList)
    .query(({ ctx }) => listPlans(ctx)),

  features: tenantProcedure({
    permission: 'decision:ask',
    scope: 'decision:ask',
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: {
      method: 'GET',
      path: '/features',
      summary: 'The features there are, with what an app may do while it cannot reach the server',
    },
  })
    .output(FeatureList)
    .query(({ ctx }) => listFeatures(ctx)),

  whole: operatorProcedure({
    permission: 'operator:read',
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/catalog', summary: 'Every feature and plan, with how it is counted and what plans were before' },
  })
    .output(WholeCatalog)
    .query(({ ctx }) => readWholeCatalog(ctx)),

  setFailurePolicy: operatorProcedure({
    permission: 'catalog:write',
    audit: 'feature.failure_policy_set',
    idempotent: 'natural',
    stepUp: true,
    limit: 'write',
    rest: {
      method: 'PUT',
      path: '/features/{feature}/failure-policy',
      summary: 'Say what apps may do with a feature while they cannot reach the server',
    },
  })
    .input(SetFailurePolicyInput)
    .output(FeatureView)
    .mutation(({ ctx, input }) => setFailurePolicy(ctx, input)),

  setLeasing: operatorProcedure({
    permission: 'catalog:write',
    audit: 'feature.leasing_set',
    idempotent: 'natural',
    stepUp: true,
    limit: 'write',
    rest: {
      method: 'PUT',
      path: '/features/{feature}/leasing',
      summary: 'Say whether servers take units of a feature ahead and give them out from memory',
    },
  })
    .input(SetLeasingInput)
    .output(FeatureView)
    .mutation(({ ctx, input }) => setLeasing(ctx, input)),
})
