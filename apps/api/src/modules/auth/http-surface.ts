import type { KeyObject } from 'node:crypto'
import { ProviderName } from '@tollkeeper/shared'
import type { JSONWebKeySet } from 'jose'
import type { RequestContext } from '../../kernel/context.ts'
import type { Services } from '../../kernel/services.ts'
import { identityOf } from './identity/identity.ts'
import { comeBack } from './provider/come-back.ts'
import { configuredProviders } from './provider/provider-names.ts'

/** The key to sign with now; whoever verifies finds its public half among `publicKeys`. */
export function signingKey(services: Services): Promise<{ kid: string; privateKey: KeyObject }> {
  return identityOf(services).keys.current()
}

/** The public keys access tokens are signed with. */
export function publicKeys(services: Services): Promise<JSONWebKeySet> {
  return identityOf(services).keys.publicKeys()
}

/**
 * Answers a browser that comes back from a provider.
 * @returns the address to send it on to; null when the server is not set up for such a provider
 */
export async function answerProvider(
  ctx: RequestContext,
  name: unknown,
  came: { query: unknown; cookie: string | undefined },
): Promise<string | null> {
  const provider = ProviderName.safeParse(name)
  if (!provider.success || !configuredProviders(ctx.services.config).includes(provider.data)) return null
  return comeBack(ctx, provider.data, came)
}
