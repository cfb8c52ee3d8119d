import { Account } from '@tollkeeper/db'
import { type LinkedAccounts, ProviderName } from '@tollkeeper/shared'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystem } from '../../../kernel/in-transaction.ts'
import { configuredProviders } from './provider-names.ts'

/** The accounts at providers that are tied to the caller's, and the providers there are. */
export async function listLinkedAccounts({ services, caller }: UserContext): Promise<LinkedAccounts> {
  const accounts = await inSystem(services, (em) =>
    em.find(Account, { userId: caller.userId, providerId: { $in: [...ProviderName.options] } }, { orderBy: { createdAt: 'asc' } }),
  )
  return {
    accounts: accounts.map(({ providerId, createdAt }) => ({
      provider: ProviderName.parse(providerId),
      linkedAt: createdAt.toISOString(),
    })),
    providers: configuredProviders(services.config),
  }
}
