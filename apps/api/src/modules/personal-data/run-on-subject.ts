import type { EntityManager } from '@mikro-orm/postgresql'
import type { Subject } from './places/index.ts'

/**
 * Runs a place's SQL with what is known of the subject in the place of its `:names`; what is not known is null.
 * @param rest values for the `?` that stand behind the last of the names
 */
export function runOnSubject<Row = Record<string, unknown>>(
  em: EntityManager,
  sql: string,
  subject: Subject,
  now: Date,
  rest: readonly unknown[] = [],
): Promise<Row[]> {
  const known: Record<string, unknown> = { ...subject, now }
  const values: unknown[] = []
  const statement = sql.replaceAll(/(?<!:):([a-zA-Z]+)\b/g, (_name, field: string) => {
    if (!(field in known)) throw new Error(`The subject has no ${field}, which the SQL of a place asks for.`)
    values.push(known[field])
    return field === 'now' ? '?::timestamptz' : '?::text'
  })
  return em.execute<Row[]>(statement, [...values, ...rest])
}
