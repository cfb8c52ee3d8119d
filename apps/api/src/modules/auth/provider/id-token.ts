import { type OAuthProvider, verifyProviderIdToken } from 'better-auth/oauth2'
import { decodeJwt } from 'jose'

/**
 * That an identity token, which came with a code, is signed by its provider, for us and nobody else, and of now (OpenID Connect Core
 * 1.0, 3.1.3.7). better-auth by itself only reads it. A provider that has none is asked who came by its own address instead.
 * @throws Error saying what it is not
 */
export async function assertOurIdToken(provider: OAuthProvider, idToken: string | undefined, nonce: string | null): Promise<void> {
  if (!idToken || !provider.idToken) return
  if (!(await verifyProviderIdToken(provider, idToken, nonce ?? undefined)))
    throw new Error('Its identity token is not signed by it, not for us, or not of now')
  const { aud, azp } = decodeJwt(idToken)
  const ours = 'audience' in provider.idToken ? [provider.idToken.audience].flat() : []
  // one that is for several has to say who asked for it
  const askedBy = azp ?? (Array.isArray(aud) && aud.length > 1 ? null : aud)
  if (!ours.includes(String(askedBy))) throw new Error('Its identity token was asked for by another client')
}
