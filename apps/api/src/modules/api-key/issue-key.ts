import { ApiKey, User } from '@tollkeeper/db'
import type { IssuedKey, IssueKeyInput } from '@tollkeeper/shared'
import { invalidInput } from '../../kernel/app-error.ts'
import { callerId } from '../../kernel/caller.ts'
import type { TenantContext } from '../../kernel/context.ts'
import { inTransaction, type TenantTransaction } from '../../kernel/in-transaction.ts'
import { newId } from '../../kernel/new-id.ts'
import { recordAudit } from '../audit/index.ts'
import { mailMembers, writeInstant } from '../notification/index.ts'
import { assertMayGrant } from './policy.ts'
import { mintSecret } from './secret.ts'
import { toKeyView } from './view.ts'

/**
 * The secret leaves the process once, in this answer; only its hash is stored.
 * @throws AppError access.forbidden for a scope the issuer does not hold, input.invalid for an end in the past
 */
export async function issueKey(ctx: TenantContext, { name, scopes, expiresAt }: IssueKeyInput): Promise<IssuedKey> {
  assertMayGrant(ctx, scopes)
  return inTransaction(ctx, async (tx) => {
    const expires = expiresAt === undefined ? null : new Date(expiresAt)
    if (expires && expires <= tx.now) throw invalidInput('expiresAt', 'must be in the future')
    const { secret, hash, prefix, lastFour } = mintSecret()
    const key = tx.em.create(ApiKey, {
      id: newId('apiKey', tx.now.getTime()),
      tenantId: tx.tenantId,
      name,
      prefix,
      lastFour,
      hash,
      scopes: [...new Set(scopes)],
      createdBy: callerId(ctx.caller),
      createdAt: tx.now,
      expiresAt: expires,
    })
    recordAudit(tx, { action: 'api_key.issued', target: key.id, details: { name, scopes: key.scopes.join(' ') } })
    await tellOfKey(tx, key)
    return { ...toKeyView(key, tx.now), secret }
  })
}

async function tellOfKey({ em, tenantId, context, now }: TenantTransaction, { id, name: key, prefix }: ApiKey): Promise<void> {
  const { services, caller } = context
  const issuer = caller.kind === 'user' ? await em.findOne(User, { id: caller.userId }, { fields: ['name'] }) : null
  await mailMembers(em, services, {
    tenantId,
    permission: 'api_key:write',
    template: 'key-issued',
    data: (reader, tenant) => ({
      name: reader.name,
      tenant,
      key,
      prefix,
      issuer: issuer?.name ?? callerId(caller),
      at: writeInstant(reader, now),
    }),
    dedupeKey: `key-issued ${id}`,
  })
}
