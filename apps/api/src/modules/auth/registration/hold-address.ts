import type { EntityManager } from '@mikro-orm/postgresql'

/**
 * Lets one at a time decide whose an address is, until the end of the transaction. It is the first thing to be held: before the row of
 * the person who has the address, and before anything of theirs (see lockPerson).
 */
export async function holdAddress(em: EntityManager, email: string): Promise<void> {
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`registration of ${email}`])
}
