import { Session } from '@tollkeeper/db'
import type { CurrentPerson } from '@tollkeeper/shared'
import { AppError } from '../../kernel/app-error.ts'
import type { UserContext } from '../../kernel/context.ts'
import { inSystem } from '../../kernel/in-transaction.ts'
import { readPerson } from './view.ts'

/** The person who is signed in, their tenants, and the operator who acts as them, if one does. */
export async function readMe({ services, caller }: UserContext): Promise<CurrentPerson> {
  const person = await readPerson(services, caller.userId)
  if (!caller.impersonatorId) return person
  const session = await inSystem(services, (em) => em.findOne(Session, { id: caller.sessionId }))
  if (!session) throw new AppError('auth.session_ended')
  return { ...person, impersonatedBy: caller.impersonatorId, impersonationEndsAt: session.expiresAt.toISOString() }
}
