import { Email, type ProviderName } from '@tollkeeper/shared'
import { z } from 'zod'
import { AppError } from '../../../kernel/app-error.ts'
import type { Services } from '../../../kernel/services.ts'
import { identityOf } from '../identity/identity.ts'
import { canonicalEmail } from '../registration/email-address.ts'
import { assertOurIdToken } from './id-token.ts'

/** Milliseconds a provider has for all it is asked. */
const PATIENCE = 10_000

/** Who a provider says somebody is. */
export interface ProviderIdentity {
  provider: ProviderName
  /** The provider's own id of them, which never changes. */
  subject: string
  email: string
  /** Whether they have proved the address there. */
  emailVerified: boolean
  name: string
}

/** What a provider claims, before it is believed. Whatever is not plainly true is not true. */
const Claims = z.object({
  email: z
    .string()
    .refine((email) => email === email.trim())
    .pipe(Email),
  emailVerified: z.unknown().transform((claim) => claim === true),
  name: z.unknown(),
})
const Subject = z.union([z.string().trim().min(1).max(255), z.number().int().positive().transform(String)])

/** The protocol of a provider, as better-auth speaks it. @throws AppError auth.provider_unknown */
export async function providerNamed(services: Services, name: ProviderName) {
  const { socialProviders } = await identityOf(services).betterAuth.$context
  const provider = socialProviders.find(({ id }) => id === name)
  if (!provider) throw new AppError('auth.provider_unknown')
  return provider
}

/** Where a provider sends people back to, which has to be set there. */
export function callbackAddress({ publicUrl }: Pick<Services, 'publicUrl'>, name: ProviderName): string {
  return `${publicUrl}/api/auth/callback/${name}`
}

/**
 * Exchanges the code a person came back with for who they are there. Their tokens are used for that, and forgotten.
 * @throws AppError auth.provider_failed when the provider does not answer in time, or not with what it should
 */
export async function askProvider(
  services: Services,
  name: ProviderName,
  { code, codeVerifier, nonce }: { code: string; codeVerifier: string; nonce: string | null },
): Promise<ProviderIdentity> {
  const provider = await providerNamed(services, name)
  const ask = async () => {
    const tokens = await provider.validateAuthorizationCode({ code, codeVerifier, redirectURI: callbackAddress(services, name) })
    if (!tokens) throw new Error('It gave no tokens for the code')
    await assertOurIdToken(provider, tokens.idToken, nonce)
    const answer = await provider.getUserInfo({ ...tokens, ...(nonce === null ? {} : { expectedIdTokenNonce: nonce }) })
    if (!answer) throw new Error('It does not say who this is')
    const subject = Subject.parse(await provider.accountSubject({ tokens, profile: answer.data }))
    const { email, emailVerified, name: called } = Claims.parse(answer.user)
    const address = canonicalEmail(email)
    return { provider: name, subject, email: address, emailVerified, name: nameFrom(called, address) }
  }
  try {
    return await inTime(ask())
  } catch (cause) {
    services.logger.warn({ err: cause, provider: name }, 'a provider could not say who came')
    throw new AppError('auth.provider_failed', { cause })
  }
}

/** What somebody is called: what the provider says, if it is a name, else the first half of the address. */
function nameFrom(claim: unknown, email: string): string {
  const named =
    typeof claim === 'string'
      ? claim
          .replaceAll(/\p{Cc}/gu, ' ')
          .trim()
          .slice(0, 120)
      : ''
  return named || email.slice(0, email.indexOf('@')).slice(0, 120)
}

async function inTime<Answer>(work: Promise<Answer>): Promise<Answer> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`It did not answer within ${PATIENCE / 1000} seconds`)), PATIENCE)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
