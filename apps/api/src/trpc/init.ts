import { initTRPC } from '@trpc/server'
import type { RequestContext } from '../kernel/context.ts'
import { toErrorShape } from './error-shape.ts'
import type { ProcedureMeta } from './meta.ts'

const trpc = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    // also without NODE_ENV: a stack trace never leaves the process
    isDev: false,
    errorFormatter: ({ error, shape, ctx }) => ({ ...shape, ...toErrorShape(error, ctx?.requestId ?? null) }),
  })

export const { router, middleware, createCallerFactory } = trpc
export const baseProcedure = trpc.procedure
