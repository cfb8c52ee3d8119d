import type { KeyScope } from '@tollkeeper/shared'
import type { TenantContext, UserContext } from '../../../kernel/context.ts'
import type { QuotaNode } from './quota-node.ts'
import { putOnTerms, type TestTerms } from './terms.ts'

/** Opens a tenant on a plan of these terms, as its owner. */
export async function openTenantOn(node: QuotaNode, terms: readonly TestTerms[]): Promise<TenantContext> {
  const ctx = await node.tenant()
  await putOnTerms(node.services, ctx.tenantId, terms)
  return ctx
}

/** The owner, acting as an operator of the installation: these functions are behind the guard of their procedures. */
export const asOperator = (ctx: TenantContext): UserContext => ctx as unknown as UserContext

/** The key that `asKey` acts as. */
export const TEST_KEY = `key_${'t'.repeat(26)}`

/** A key of the tenant's, which may ask for any of its members. */
export function asKey(ctx: TenantContext, scopes: readonly KeyScope[] = ['decision:ask']): TenantContext {
  return { ...ctx, caller: { kind: 'api_key', keyId: TEST_KEY, tenantId: ctx.tenantId, scopes: [...scopes] } }
}
