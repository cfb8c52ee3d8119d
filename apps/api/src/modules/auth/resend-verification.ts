import { setTimeout as sleep } from 'node:timers/promises'
import { User } from '@tollkeeper/db'
import type { RequestContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { canonicalEmail } from './registration/email-address.ts'
import { hasHadEnoughMail, openRegistration, sendProof } from './registration/send-proof.ts'

/** Longer than the work takes, so that the time of the answer does not tell whether there was any. */
const ANSWER_AFTER_MS = 60

/** Sends the proof of the newest registration again. An address without one gets nothing, and the caller is told the same. */
export async function resendVerification(ctx: RequestContext, input: { email: string }): Promise<{ status: 'check_your_mail' }> {
  const email = canonicalEmail(input.email)
  await Promise.all([sleep(ANSWER_AFTER_MS), resend(ctx, email)])
  return { status: 'check_your_mail' }
}

/** Also for who gives the right password for an address that is not proved yet. */
export async function resend({ services }: RequestContext, email: string): Promise<void> {
  await inSystemTransaction(services, async ({ em }) => {
    const registration = await openRegistration(em, services, email)
    if (!registration || (await em.count(User, { email })) > 0 || (await hasHadEnoughMail(em, services, email))) return
    await sendProof(em, services, registration)
  })
}
