import { AcquireInput, GaugeDecision, GaugeHolds, HoldsInput, Released, ReleaseInput } from '@tollkeeper/shared'
import { router } from '../../../trpc/init.ts'
import { tenantProcedure } from '../../../trpc/procedures.ts'
import { acquire } from './acquire.ts'
import { listHolds } from './list-holds.ts'
import { release } from './release.ts'

const ask = { permission: 'decision:ask', scope: 'decision:ask', audit: null } as const

/** What is held and given back: concurrent tasks, storage, connections. */
export const gaugeRouter = router({
  acquire: tenantProcedure({
    ...ask,
    idempotent: 'natural',
    stepUp: false,
    limit: 'none',
    rest: { method: 'POST', path: '/gauges/{feature}/acquire', summary: 'Hold so much of a gauge under a name of yours' },
  })
    .input(AcquireInput)
    .output(GaugeDecision)
    .mutation(({ ctx, input }) => acquire(ctx, input)),

  release: tenantProcedure({
    ...ask,
    idempotent: 'natural',
    stepUp: false,
    limit: 'none',
    rest: { method: 'POST', path: '/gauges/{feature}/release', summary: 'Give back all that a name holds' },
  })
    .input(ReleaseInput)
    .output(Released)
    .mutation(({ ctx, input }) => release(ctx, input)),

  holds: tenantProcedure({
    permission: 'usage:read',
    scope: 'usage:read',
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/gauges/{feature}', summary: 'What is held of a gauge, and under which names' },
  })
    .input(HoldsInput)
    .output(GaugeHolds)
    .query(({ ctx, input }) => listHolds(ctx, input)),
})
