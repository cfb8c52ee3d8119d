import type { EntityManager } from '@mikro-orm/postgresql'
import { ProviderAttempt } from '@tollkeeper/db'
import type { ErrorCode, ProviderName } from '@tollkeeper/shared'
import { z } from 'zod'
import { AppError } from '../../../kernel/app-error.ts'
import type { RequestContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { unseal } from '../../../kernel/seal.ts'
import { recordNobodysWay } from '../attempt/failed-way.ts'
import { enterByCookie } from '../enter/enter.ts'
import { hashOfToken } from '../token/refresh-token.ts'
import { attemptCookie, readAttemptCookie } from './attempt-cookie.ts'
import { linkAccount } from './link-account.ts'
import { personOf } from './person-of.ts'
import { askProvider, type ProviderIdentity } from './provider-identity.ts'
import { verifierSeal } from './start-authorization.ts'
import { ownerOf } from './tie-account.ts'

const Query = z.object({
  state: z.string().min(1).max(512),
  code: z.string().min(1).max(4096).optional(),
  error: z.string().optional(),
})

/** What a provider's answer fails with before it says who somebody is. */
const ofNobody = new Set<ErrorCode>(['auth.provider_state', 'auth.provider_refused', 'auth.provider_failed'])

/**
 * Somebody comes back from a provider. They are let in, or the account there is tied to theirs.
 * @returns the page of this server to show next; what failed is named in its address, by its code
 */
export async function comeBack(
  ctx: RequestContext,
  provider: ProviderName,
  { query, cookie }: { query: unknown; cookie: string | undefined },
): Promise<string> {
  const { services } = ctx
  const browser = readAttemptCookie(services.config, cookie)
  ctx.setHeader('set-cookie', attemptCookie(services.config, '', 0))
  let attempt: ProviderAttempt | null = null
  try {
    const { state, code } = readQuery(query)
    attempt = await takeAttempt(ctx, provider, state, browser)
    if (code === undefined) throw new AppError('auth.provider_refused')
    const codeVerifier = unseal(services.secrets.seal, verifierSeal, attempt.codeVerifier)
    const found = await askProvider(services, provider, { code, codeVerifier, nonce: attempt.nonce ?? null })
    if (attempt.userId) await linkAccount(ctx, attempt, found)
    else await enterAs(ctx, found)
    return `${services.publicUrl}${attempt.next}`
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (!attempt?.userId && ofNobody.has(error.code)) await recordNobodysWay(ctx, provider)
    return pageAfter(services.publicUrl, attempt, error.code)
  }
}

function readQuery(query: unknown): z.infer<typeof Query> {
  const read = Query.safeParse(query)
  if (!read.success) throw new AppError('auth.provider_state')
  return read.data
}

/** Uses the attempt up, whatever comes of it. It has to be of this provider, and of the browser that went out. */
async function takeAttempt(
  { services }: RequestContext,
  provider: ProviderName,
  state: string,
  browser: string | null,
): Promise<ProviderAttempt> {
  const taken = await inSystemTransaction(services, async ({ em, now }) => {
    const found = await em.findOne(ProviderAttempt, { stateHash: hashOfToken(state) })
    if (!found || (await em.nativeDelete(ProviderAttempt, { id: found.id })) === 0) return null
    return found.expiresAt > now ? found : null
  })
  if (!taken || taken.provider !== provider || browser === null || taken.browserHash !== hashOfToken(browser)) {
    throw new AppError('auth.provider_state')
  }
  return taken
}

async function enterAs(ctx: RequestContext, found: ProviderIdentity): Promise<void> {
  const userId = await personOf(ctx, found)
  const stillHolds = async (em: EntityManager) => {
    if ((await ownerOf(em, found)) !== userId) throw new AppError('auth.provider_state')
  }
  await enterByCookie(ctx, { userId, method: found.provider, stillHolds })
}

/** Where a failure is told, or the second factor asked for. */
function pageAfter(publicUrl: string, attempt: ProviderAttempt | null, code: ErrorCode): string {
  if (attempt?.userId) return `${publicUrl}/account/security?error=${code}`
  const next = attempt && attempt.next !== '/' ? `next=${encodeURIComponent(attempt.next)}` : ''
  if (code === 'auth.second_factor_needed') return `${publicUrl}/sign-in/second-step${next && `?${next}`}`
  return `${publicUrl}/sign-in?error=${code}${next && `&${next}`}`
}
