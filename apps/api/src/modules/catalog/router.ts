import { PlanList } from '@tollkeeper/shared'
import { router } from '../../trpc/init.ts'
import { publicProcedure } from '../../trpc/procedures.ts'
import { listPlans } from './list-plans.ts'

export const catalogRouter = router({
  plans: publicProcedure({
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/subscriptions/plans', summary: 'The plans there are, with what each allows' },
  })
    .output(PlanList)
    .query(({ ctx }) => listPlans(ctx)),
})
