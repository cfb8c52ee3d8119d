import { Session } from '@tollkeeper/db'
import type { Freshened, StepUpInput } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import { announceChange } from '../../../kernel/change-feed.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { FRESH_FOR_MS } from '../../../trpc/step-up.ts'
import { writeAudit } from '../../audit/index.ts'
import { lockPerson } from '../account/lock-person.ts'
import { passwordOf } from '../account/password-of.ts'
import { mintSessionToken } from '../enter/open-session.ts'
import { sessionCookieFor } from '../identity/session-cookie.ts'
import { proveSecondFactor } from '../second-factor/prove-second-factor.ts'
import { confirmPassword } from '../session/confirm-password.ts'
import { stepUpMethodsOf } from './step-up-options.ts'

/**
 * Proves again who the caller is, which opens sensitive acts to their session for ten minutes. A browser gets another cookie for the
 * session; the one before is worth nothing any more (OWASP ASVS 5.0, 7.2.4).
 * @throws AppError auth.step_up_method, auth.password_wrong, auth.second_factor_wrong, rate.limited, auth.overloaded
 */
export async function stepUp(ctx: UserContext, { method, secret }: StepUpInput): Promise<Freshened> {
  const { services, caller, requestId } = ctx
  const methods = await inSystem(services, (em) => stepUpMethodsOf(em, caller.userId))
  if (!methods.includes(method)) throw new AppError('auth.step_up_method')
  const proved = method === 'password' ? (await confirmPassword(ctx, secret, 'secret')).passwordHash : null
  const token = mintSessionToken()
  const outcome = await inSystemTransaction<AppError | Date>(services, async (tx) => {
    const { em, now } = tx
    const user = await lockPerson(em, caller.userId)
    if (method === 'password') {
      if ((await passwordOf(em, user.id)) !== proved) throw new AppError('auth.password_wrong')
    } else {
      const refusal = await proveSecondFactor(ctx, tx, user, { method, code: secret })
      if (refusal) return refusal
    }
    const held = await em.nativeUpdate(
      Session,
      { id: caller.sessionId, userId: user.id },
      {
        provedAt: now,
        ...(method === 'password' ? {} : { secondFactor: method }),
        ...(caller.via === 'cookie' ? { token } : {}),
      },
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
