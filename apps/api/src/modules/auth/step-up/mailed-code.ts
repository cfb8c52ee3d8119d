import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import { StepUpCode, type User } from '@tollkeeper/db'
import type { StepUpMailed } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction, type SystemTransaction } from '../../../kernel/in-transaction.ts'
import type { Services } from '../../../kernel/services.ts'
import { enqueueMail, hasHadEnoughMail, readerOf } from '../../notification/index.ts'
import { lockPerson } from '../account/lock-person.ts'
import { takeCode } from '../attempt/take-code.ts'
import { assertWayOfStepUp } from './step-up-options.ts'

const MINUTES = 10
const MOST_TRIES = 5

/**
 * Mails the caller a code by which this session, and no other, can be proved again. It takes the place of the one before.
 * @throws AppError auth.step_up_method, rate.limited after six in an hour
 */
export async function mailStepUpCode(ctx: UserContext): Promise<StepUpMailed> {
  const { services, caller } = ctx
  await assertWayOfStepUp(ctx, 'mail_code')
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  return inSystemTransaction(services, async ({ em, now }) => {
    const user = await lockPerson(em, caller.userId)
    if (await hasHadEnoughMail(em, services, user.email, ['step-up-code'])) {
      throw new AppError('rate.limited', { retryAfterSeconds: 3600, detail: 'Six codes were mailed to you within an hour.' })
    }
    const { sessionId } = caller
    const expiresAt = new Date(now.getTime() + MINUTES * 60_000)
    await em.nativeDelete(StepUpCode, { sessionId })
    const codeHash = hashOf(services, sessionId, code)
    em.create(StepUpCode, { sessionId, userId: user.id, codeHash, createdAt: now, expiresAt })
    const { locale } = await readerOf(em, user.id)
    const data = { name: user.name, code, minutes: MINUTES }
    await enqueueMail(em, services, { to: user.email, template: 'step-up-code', data, locale })
    return { status: 'check_your_mail', expiresAt: expiresAt.toISOString() }
  })
}

/**
 * Takes the code that was mailed for the caller's session, while their row is held. It works once, and has five tries; one that was
 * never mailed, is too old or was used is answered like a wrong one.
 * @returns null when it is right, else why not: auth.step_up_code_wrong, rate.limited
 */
export function proveMailedCode(ctx: UserContext, tx: SystemTransaction, user: User, typed: string): Promise<AppError | null> {
  const { em, services, now } = tx
  const { sessionId } = ctx.caller
  const take = async () => {
    const mailed = await em.findOne(StepUpCode, { sessionId, expiresAt: { $gt: now }, tries: { $lt: MOST_TRIES } })
    if (!mailed) return false
    mailed.tries += 1
    await em.flush()
    if (!isEqual(mailed.codeHash, hashOf(services, sessionId, typed.replaceAll(/[\s-]/g, '')))) return false
    return (await em.nativeDelete(StepUpCode, { sessionId })) === 1
  }
  return takeCode(ctx, tx, user, { method: 'mail_code', wrong: 'auth.step_up_code_wrong', take })
}

/** With the server's secret, as a million codes are tried in no time; bound to its purpose and its session. */
function hashOf({ secrets }: Services, sessionId: string, code: string): string {
  return createHmac('sha256', secrets.auth).update(`step-up code ${sessionId} ${code}`).digest('base64url')
}

function isEqual(first: string, second: string): boolean {
  const [one, other] = [Buffer.from(first), Buffer.from(second)]
  return one.length === other.length && timingSafeEqual(one, other)
}
