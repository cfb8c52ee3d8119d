import { Passkey } from '@tollkeeper/db'
import type { PasskeyView } from '@tollkeeper/shared'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystem } from '../../../kernel/in-transaction.ts'

/** The caller's passkeys, oldest first. */
export async function listPasskeys({ services, caller }: UserContext): Promise<{ passkeys: PasskeyView[] }> {
  const found = await inSystem(services, (em) => em.find(Passkey, { userId: caller.userId }, { orderBy: { id: 'asc' } }))
  return { passkeys: found.map(toPasskeyView) }
}

export function toPasskeyView({ id, name, backedUp, createdAt, lastUsedAt }: Passkey): PasskeyView {
  return { id, name, backedUp, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null }
}
