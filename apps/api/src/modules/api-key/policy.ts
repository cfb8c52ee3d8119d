import type { KeyScope } from '@tollkeeper/shared'
import { AppError } from '../../kernel/app-error.ts'
import type { TenantContext } from '../../kernel/context.ts'

/** Nobody can grant what they do not hold. @throws AppError access.forbidden */
export function assertMayGrant(ctx: TenantContext, scopes: readonly KeyScope[]): void {
  const beyond = scopes.filter((scope) => !ctx.permissions.includes(scope))
  if (beyond.length > 0) throw new AppError('access.forbidden', { detail: `You do not hold ${beyond.join(', ')} yourself.` })
}
