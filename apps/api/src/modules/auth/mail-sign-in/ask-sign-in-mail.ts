import { randomBytes, randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { MailSignIn, User } from '@tollkeeper/db'
import type { MailSignInAsked } from '@tollkeeper/shared'
import type { RequestContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { newId } from '../../../kernel/new-id.ts'
import { enqueueMail, preferredLocale, readerOf } from '../../notification/index.ts'
import { canonicalEmail } from '../registration/email-address.ts'
import { hasHadEnoughMail } from '../registration/send-proof.ts'
import { hashOfToken } from '../token/refresh-token.ts'
import { hashOfCode, hashOfLink } from './secrets-of-mail.ts'

const MINUTES = 10
/** Longer than the work takes, so that the time of the answer does not tell whether a mail was written. */
const ANSWER_AFTER_MS = 150

/**
 * Mails a link and a code that let in whoever has the address, whether or not they have an account yet. The answer holds what the
 * code works with; it is the same for every address. One that had six mails in an hour, or whose person is suspended, gets none.
 */
export async function askSignInMail(ctx: RequestContext, { email }: { email: string }): Promise<MailSignInAsked> {
  const [answer] = await Promise.all([ask(ctx, canonicalEmail(email)), sleep(ANSWER_AFTER_MS)])
  return answer
}

function ask({ services, client }: RequestContext, email: string): Promise<MailSignInAsked> {
  const [attempt, token] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')]
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  return inSystemTransaction(services, async ({ em, now }) => {
    const enough = await hasHadEnoughMail(em, services, email, ['sign-in-mail'])
    const user = await em.findOne(User, { email })
    const sends = !enough && (!user || user.status === 'active')
    const locale = user ? (await readerOf(em, user.id)).locale : preferredLocale(client.acceptLanguage ?? null)
    const id = newId('mailSignIn', now.getTime())
    const expiresAt = new Date(now.getTime() + MINUTES * 60_000)
    em.create(MailSignIn, {
      id,
      email,
      attemptHash: hashOfToken(attempt),
      linkHash: sends ? hashOfLink(token) : null,
      codeHash: sends ? hashOfCode(services.secrets, id, code) : null,
      locale,
      createdAt: now,
      expiresAt,
    })
    if (sends) {
      await enqueueMail(em, services, { to: email, template: 'sign-in-mail', data: { token, code, minutes: MINUTES }, locale })
    }
    return { status: 'check_your_mail', attempt, expiresAt: expiresAt.toISOString() }
  })
}
