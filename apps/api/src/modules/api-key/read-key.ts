import { ApiKey } from '@tollkeeper/db'
import type { KeyView } from '@tollkeeper/shared'
import { AppError } from '../../kernel/app-error.ts'
import type { TenantContext } from '../../kernel/context.ts'
import { inTenant } from '../../kernel/in-transaction.ts'
import { toKeyView } from './view.ts'

/** @throws AppError api_key.not_found, the same for a key of others as for none */
export async function readKey(ctx: TenantContext, id: string): Promise<KeyView> {
  const key = await inTenant(ctx, (em) => em.findOne(ApiKey, { tenantId: ctx.tenantId, id }))
  if (!key) throw new AppError('api_key.not_found')
  return toKeyView(key, ctx.services.clock.now())
}
