import type { AnyTRPCProcedure } from '@trpc/server'
import type { ZodObject, ZodType } from 'zod'
import { appRouter } from '../router.ts'
import type { ProcedureMeta, RestMeta } from '../trpc/meta.ts'

/** A procedure that has a place in REST, with all that is declared about it. */
export interface RestProcedure {
  /** `apiKey.issue` */
  name: string
  type: 'query' | 'mutation'
  meta: ProcedureMeta & { rest: RestMeta }
  input: ZodObject | null
  output: ZodType
}

interface Definition {
  type: 'query' | 'mutation' | 'subscription'
  meta?: ProcedureMeta
  inputs: ZodType[]
  output?: ZodType
}

/** Every procedure with `meta.rest`, in the order of the router. REST, its document and its tests are all made from this list. */
export function restProcedures(): RestProcedure[] {
  return Object.entries(appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure>).flatMap(([name, procedure]) => {
    const { type, meta, inputs, output } = procedure._def as unknown as Definition
    if (!meta?.rest || type === 'subscription') return []
    if (!output) throw new Error(`The procedure ${name} has a place in REST and declares no output`)
    return [{ name, type, meta: { ...meta, rest: meta.rest }, input: (inputs[0] as ZodObject | undefined) ?? null, output }]
  })
}

/** The name of the parameter of a path under /tenants/… that says which tenant is meant; null for every other path. */
export function tenantInPath(path: string): string | null {
  return /^\/tenants\/\{(\w+)\}/.exec(path)?.[1] ?? null
}
