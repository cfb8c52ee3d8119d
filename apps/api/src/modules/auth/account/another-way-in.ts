import type { EntityManager } from '@mikro-orm/postgresql'
import { Account, Passkey } from '@tollkeeper/db'
import type { ProviderName } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { Services } from '../../../kernel/services.ts'
import { configuredProviders } from '../provider/provider-names.ts'

/**
 * Asks for a way in to be left when one is taken away. A mail is none: who loses their address would lose the account with it, and
 * a provider this server no longer speaks with lets nobody in.
 * @param without what is about to go. The person's row is held by the caller, so of two that would leave none, one waits.
 * @throws AppError auth.last_way_in
 */
export async function assertAnotherWayIn(
  em: EntityManager,
  { config }: Pick<Services, 'config'>,
  userId: string,
  without: { provider: ProviderName } | { passkeyId: string },
): Promise<void> {
  const providers = configuredProviders(config).filter((name) => !('provider' in without) || name !== without.provider)
  const passkeys = { userId, ...('passkeyId' in without ? { id: { $ne: without.passkeyId } } : {}) }
  const left =
    (await em.count(Account, { userId, providerId: 'credential', password: { $ne: null } })) +
    (await em.count(Account, { userId, providerId: { $in: providers } })) +
    (await em.count(Passkey, passkeys))
  if (left === 0) throw new AppError('auth.last_way_in')
}
