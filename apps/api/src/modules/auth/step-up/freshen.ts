import { Session, type User } from '@tollkeeper/db'
import { type Freshened, SecondFactorProof, type StepUpMethod } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import { announceChange } from '../../../kernel/change-feed.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction, type SystemTransaction } from '../../../kernel/in-transaction.ts'
import { FRESH_FOR_MS } from '../../../trpc/step-up.ts'
import { writeAudit } from '../../audit/index.ts'
import { lockPerson } from '../account/lock-person.ts'
import { mintSessionToken } from '../enter/open-session.ts'
import { sessionCookieFor } from '../identity/session-cookie.ts'

/** That the caller is who the session says, and how they show it. */
export interface ProofAgain {
  method: StepUpMethod
  /** Asked while the person's row is held. @returns why it is refused, which stays on record */
  prove(tx: SystemTransaction, user: User): Promise<AppError | null>
}

/**
 * Opens sensitive acts to the caller's session for ten minutes. A browser gets another cookie for it; the one before is worth nothing
 * any more (OWASP ASVS 5.0, 7.2.4). What counts as a second factor makes the session one of two.
 * @throws AppError auth.session_ended, and what the proof gives or throws
 */
export async function freshen(ctx: UserContext, { method, prove }: ProofAgain): Promise<Freshened> {
  const { services, caller, requestId } = ctx
  const token = mintSessionToken()
  const outcome = await inSystemTransaction<AppError | Date>(services, async (tx) => {
    const { em, now } = tx
    const user = await lockPerson(em, caller.userId)
    const refusal = await prove(tx, user)
    if (refusal) return refusal
    const second = SecondFactorProof.safeParse(method)
    const held = await em.nativeUpdate(
      Session,
      { id: caller.sessionId, userId: user.id },
      { provedAt: now, ...(second.success ? { secondFactor: second.data } : {}), ...(caller.via === 'cookie' ? { token } : {}) },
    )
    if (held === 0) throw new AppError('auth.session_ended')
    announceChange(em, 'session', caller.sessionId)
    const details = { method }
    writeAudit(em, { tenantId: null, action: 'session.proved', target: caller.sessionId, details, caller, requestId, at: now })
    return now
  })
  if (outcome instanceof AppError) throw outcome
  if (caller.via === 'cookie') ctx.setHeader('set-cookie', sessionCookieFor(services, token))
  return { freshUntil: new Date(outcome.getTime() + FRESH_FOR_MS).toISOString() }
}
