import type { AnyTRPCProcedure } from '@trpc/server'
import type { ZodType } from 'zod'
import { appRouter } from '../router.ts'
import type { ProcedureMeta } from '../trpc/meta.ts'

export interface DeclaredProcedure {
  name: string
  type: 'query' | 'mutation' | 'subscription'
  meta: ProcedureMeta | undefined
  input: ZodType | null
  output: ZodType | null
}

/** Every procedure of the router as it declares itself; what tests of guarantees are generated from. */
export function declaredProcedures(): DeclaredProcedure[] {
  return Object.entries(appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure>).map(([name, procedure]) => {
    const { type, meta, inputs, output } = procedure._def as unknown as {
      type: DeclaredProcedure['type']
      meta?: ProcedureMeta
      inputs: ZodType[]
      output?: ZodType
    }
    return { name, type, meta, input: inputs[0] ?? null, output: output ?? null }
  })
}
