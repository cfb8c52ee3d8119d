import { inSystem } from '../../kernel/in-transaction.ts'
import type { Services } from '../../kernel/services.ts'
import type { Place, Subject } from './places/index.ts'
import { runOnSubject } from './run-on-subject.ts'

const PAGE = 500

type Row = Record<string, unknown>

/**
 * What a place holds of the subject, a page at a time: the next is read when the one before was taken, each in a transaction of its
 * own, so that a slow reader holds a page and no connection of the database.
 */
export async function* readPlace(
  services: Services,
  { read, pagedBy }: Place & { read: string },
  subject: Subject,
  now: Date,
): AsyncGenerator<Row[], void> {
  const ask = (sql: string, values: unknown[]) => inSystem(services, (em) => runOnSubject<Row>(em, sql, subject, now, values))
  if (!pagedBy) {
    yield await ask(read, [])
    return
  }
  const key = pagedBy.join(', ')
  const begun = `where (${key}) > (${pagedBy.map(() => '?').join(', ')})`
  for (let place: unknown[] = []; ; ) {
    const sql = `select * from (${read}) held ${place.length > 0 ? begun : ''} order by ${key} limit ${PAGE}`
    const rows = await ask(sql, place)
    yield rows
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    place = pagedBy.map((column) => last[column])
  }
}
