import { LeaseAnswer, SettledLease, SettleLeaseInput, TakeLeaseInput } from '@tollkeeper/shared'
import { router } from '../../trpc/init.ts'
import { tenantProcedure } from '../../trpc/procedures.ts'
import { settleLease } from './settle-lease.ts'
import { takeLease } from './take-lease.ts'

const ask = { permission: 'decision:ask', scope: 'decision:ask', audit: null, stepUp: false, limit: 'none' } as const

export const leaseRouter = router({
  take: tenantProcedure({
    ...ask,
    idempotent: 'request_id',
    rest: { method: 'POST', path: '/leases', summary: 'Take units ahead, to be used without asking until the lease expires' },
  })
    .input(TakeLeaseInput)
    .output(LeaseAnswer)
    .mutation(({ ctx, input }) => takeLease(ctx, input)),

  settle: tenantProcedure({
    ...ask,
    idempotent: 'natural',
    rest: { method: 'POST', path: '/leases/{id}/settle', summary: 'Say what was used of a lease; the rest comes back' },
  })
    .input(SettleLeaseInput)
    .output(SettledLease)
    .mutation(({ ctx, input }) => settleLease(ctx, input)),
})
