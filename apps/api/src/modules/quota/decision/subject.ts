import { AppError } from '../../../kernel/app-error.ts'
import type { TenantContext } from '../../../kernel/context.ts'
import type { Subject } from './facts.ts'

/** Who asks, out of a request's context. @throws AppError auth.unauthenticated */
export function subjectOf({ caller, tenantId, role, permissions }: TenantContext): Subject {
  if (caller.kind === 'anonymous' || caller.kind === 'pending') throw new AppError('auth.unauthenticated')
  return { caller, tenantId, role, permissions }
}
