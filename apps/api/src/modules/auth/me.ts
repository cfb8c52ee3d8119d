import type { Me } from '@tollkeeper/shared'
import type { UserContext } from '../../kernel/context.ts'
import { readPerson } from './view.ts'

/** The person who is signed in, and their tenants. */
export function readMe({ services, caller }: UserContext): Promise<Me> {
  return readPerson(services, caller.userId)
}
