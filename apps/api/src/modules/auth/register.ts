import { User } from '@tollkeeper/db'
import type { RegisterInput } from '@tollkeeper/shared'
import { addressBucket } from '../../kernel/client-address.ts'
import type { RequestContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { writeAudit } from '../audit/index.ts'
import { enqueueMail, preferredLocale, readerOf } from '../notification/index.ts'
import { identityOf } from './identity/identity.ts'
import { assertPasswordAllowed } from './password/password-policy.ts'
import { wordsAround } from './password/words-around.ts'
import { canonicalEmail } from './registration/email-address.ts'
import { hasHadEnoughMail, sendProof } from './registration/send-proof.ts'

/**
 * Asks for an account. Nobody comes into being and nothing of anybody changes: what happens next is told to the address alone,
 * so the answer, and the work behind it, are the same whether or not there is an account.
 * @throws AppError auth.password_refused, auth.overloaded
 */
export async function register(ctx: RequestContext, input: RegisterInput): Promise<{ status: 'check_your_mail' }> {
  const { services } = ctx
  const { name, password } = input
  const email = canonicalEmail(input.email)
  assertPasswordAllowed(password, { email, name, words: await wordsAround(services, null) })
  const passwordHash = await identityOf(services).passwords.hash(password)
  await inSystemTransaction(services, async ({ em, now }) => {
    const existing = await em.findOne(User, { email })
    const enough = await hasHadEnoughMail(em, services, email)
    if (!enough && existing) {
      const { locale } = await readerOf(em, existing.id)
      await enqueueMail(em, services, { to: email, template: 'already-registered', data: {}, locale })
    }
    if (!enough && !existing) {
      const { ip, acceptLanguage } = ctx.client
      const origin = { addressBucket: addressBucket(ip), locale: preferredLocale(acceptLanguage ?? null) }
      await sendProof(em, services, { email, name, passwordHash, ...origin })
    }
    const outcome = enough ? 'mail_withheld' : existing ? 'account_exists' : 'mail_sent'
    writeAudit(em, {
      tenantId: null,
      action: 'user.registered',
      details: { outcome },
      caller: ctx.caller,
      requestId: ctx.requestId,
      at: now,
    })
  })
  return { status: 'check_your_mail' }
}
