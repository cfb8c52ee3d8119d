import type { CurrentPerson } from '@tollkeeper/shared'
import type { UserContext } from '../../kernel/context.ts'
import { readPerson } from './view.ts'

/** The person who is signed in, their tenants, and the operator who acts as them, if one does. */
export async function readMe({ services, caller }: UserContext): Promise<CurrentPerson> {
  const person = await readPerson(services, caller.userId)
  return caller.impersonatorId ? { ...person, impersonatedBy: caller.impersonatorId } : person
}
