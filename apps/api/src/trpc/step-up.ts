import { AppError } from '../kernel/app-error.ts'
import type { RequestContext } from '../kernel/context.ts'
import type { ProcedureMeta } from './meta.ts'

/** How long a proof of who somebody is opens sensitive acts. */
export const FRESH_FOR_MS = 600_000

/** @throws AppError auth.step_up_needed for a person whose proof is too old for what is asked. API keys prove nothing anew. */
export function assertFresh({ caller, services }: RequestContext, { stepUp }: Pick<ProcedureMeta, 'stepUp'>): void {
  if (!stepUp || caller.kind !== 'user') return
  if (services.clock.now().getTime() - caller.provedAt > FRESH_FOR_MS) throw new AppError('auth.step_up_needed')
}
