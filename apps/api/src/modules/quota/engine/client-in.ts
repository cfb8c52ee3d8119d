import type { EntityManager } from '@mikro-orm/postgresql'
import { CompiledQuery } from 'kysely'
import type { ClientBase } from 'pg'

interface Statement {
  text: string
  values?: readonly unknown[]
}

/**
 * The connection of a unit of work, as the engine's statements want it: what they lock and write commits with the unit's audit rows and
 * notices. Timestamps come as text here.
 */
export function clientIn(em: EntityManager): ClientBase {
  const query = async (statement: string | Statement, values: readonly unknown[] = []) => {
    const { text, values: bound } = typeof statement === 'string' ? { text: statement, values } : statement
    const { rows } = await em.getKysely().executeQuery(CompiledQuery.raw(text, [...(bound ?? [])]))
    return { rows, rowCount: rows.length }
  }
  return { query } as unknown as ClientBase
}

/** Where `lockPools` goes back to when it has to open a balance. */
export async function beginLocks(em: EntityManager): Promise<ClientBase> {
  const client = clientIn(em)
  await client.query('savepoint before_locks')
  return client
}
