import type { EntityManager } from '@mikro-orm/postgresql'
import type { StepUpMethod, StepUpOptions } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystem } from '../../../kernel/in-transaction.ts'
import type { Services } from '../../../kernel/services.ts'
import { FRESH_FOR_MS } from '../../../trpc/step-up.ts'
import { passwordOf } from '../account/password-of.ts'
import { secondFactorsOf, servingPasskeys } from '../second-factor/second-factors-of.ts'

/** What the caller can prove, and until when nothing has to be. */
export async function readStepUpOptions({ services, caller }: UserContext): Promise<StepUpOptions> {
  const methods = await inSystem(services, (em) => stepUpMethodsOf(em, services, caller.userId))
  return { methods, freshUntil: new Date(caller.provedAt + FRESH_FOR_MS).toISOString() }
}

/** @throws AppError auth.step_up_method when the caller cannot prove who they are in this way */
export async function assertWayOfStepUp({ services, caller }: UserContext, method: StepUpMethod): Promise<void> {
  const methods = await inSystem(services, (em) => stepUpMethodsOf(em, services, caller.userId))
  if (!methods.includes(method)) throw new AppError('auth.step_up_method')
}

/**
 * How a person proves again who they are. Who has a second factor proves that, so a password or a mailbox that was found out undoes
 * nothing of it. A mailed code is for who has no password: with one, a mailbox left open is not enough.
 */
async function stepUpMethodsOf(em: EntityManager, services: Pick<Services, 'publicUrl'>, userId: string): Promise<StepUpMethod[]> {
  const { on, methods } = await secondFactorsOf(em, services, userId)
  if (on) return methods
  const knowledge: StepUpMethod = (await passwordOf(em, userId)) === null ? 'mail_code' : 'password'
  return (await servingPasskeys(em, services, userId)) > 0 ? ['passkey', knowledge] : [knowledge]
}
