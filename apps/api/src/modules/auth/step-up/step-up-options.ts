import type { EntityManager } from '@mikro-orm/postgresql'
import type { StepUpMethod, StepUpOptions } from '@tollkeeper/shared'
import type { z } from 'zod'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystem } from '../../../kernel/in-transaction.ts'
import { FRESH_FOR_MS } from '../../../trpc/step-up.ts'
import { passwordOf } from '../account/password-of.ts'
import { secondFactorsOf } from '../second-factor/second-factors-of.ts'

/** How a person proves again who they are. Who has a second factor proves that, so a password that was found out undoes nothing of it. */
export async function stepUpMethodsOf(em: EntityManager, userId: string): Promise<StepUpMethod[]> {
  const second = (await secondFactorsOf(em, userId)).filter((method) => method !== 'passkey')
  if (second.length > 0) return second
  return (await passwordOf(em, userId)) === null ? [] : ['password']
}

/** What the caller can prove, and until when nothing has to be. */
export async function readStepUpOptions({ services, caller }: UserContext): Promise<z.infer<typeof StepUpOptions>> {
  const methods = await inSystem(services, (em) => stepUpMethodsOf(em, caller.userId))
  return { methods, freshUntil: new Date(caller.provedAt + FRESH_FOR_MS).toISOString() }
}
