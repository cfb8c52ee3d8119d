import { randomBytes } from 'node:crypto'
import { ProviderAttempt } from '@tollkeeper/db'
import type { ProviderAuthorization, ProviderAuthorizeInput, ProviderName } from '@tollkeeper/shared'
import type { RequestContext, UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { newId } from '../../../kernel/new-id.ts'
import { seal } from '../../../kernel/seal.ts'
import { hashOfToken } from '../token/refresh-token.ts'
import { attemptCookie } from './attempt-cookie.ts'
import { callbackAddress, providerNamed } from './provider-identity.ts'

/** Seconds in which somebody has to come back. */
export const WAY_LIFETIME = 600
/** What the verifier of an attempt is sealed for. */
export const verifierSeal = 'provider attempt'

/**
 * Where to send a browser so that a provider says who it is. Only that browser can come back, once.
 * @throws AppError auth.provider_unknown
 */
export function startAuthorization(
  ctx: RequestContext,
  { provider, next }: ProviderAuthorizeInput,
): Promise<ProviderAuthorization> {
  return goOut(ctx, { provider, next: next ?? '/' })
}

/**
 * The same, to tie the account there to the caller's.
 * @throws AppError auth.provider_unknown
 */
export function startLinking(ctx: UserContext, { provider }: { provider: ProviderName }): Promise<ProviderAuthorization> {
  const { userId, sessionId } = ctx.caller
  return goOut(ctx, { provider, next: '/account/security', userId, sessionId })
}

async function goOut(
  { services, setHeader }: RequestContext,
  way: { provider: ProviderName; next: string; userId?: string; sessionId?: string },
): Promise<ProviderAuthorization> {
  const provider = await providerNamed(services, way.provider)
  const [state, browser, codeVerifier, nonce] = [secret(), secret(), secret(), provider.requiresIdTokenNonce ? secret() : null]
  await inSystemTransaction(services, async ({ em, now }) => {
    em.create(ProviderAttempt, {
      id: newId('providerAttempt', now.getTime()),
      ...way,
      stateHash: hashOfToken(state),
      browserHash: hashOfToken(browser),
      codeVerifier: seal(services.secrets.seal, verifierSeal, codeVerifier),
      nonce,
      createdAt: now,
      expiresAt: new Date(now.getTime() + WAY_LIFETIME * 1000),
    })
  })
  const address = await provider.createAuthorizationURL({
    state,
    codeVerifier,
    redirectURI: callbackAddress(services, way.provider),
    ...(nonce === null ? {} : { idTokenNonce: nonce }),
  })
  setHeader('set-cookie', attemptCookie(services.config, browser, WAY_LIFETIME))
  return { authorizationUrl: address.toString() }
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}
