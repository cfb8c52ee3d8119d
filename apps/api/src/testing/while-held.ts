import pg from 'pg'
import { eventually } from './eventually.ts'

/**
 * Begins acts one after the other while something they need is held, each once the one before waits for the database, then lets go: so
 * that they meet where only a rare moment would bring them together.
 * @param hold a statement that takes locks
 * @returns what came of each, in their order
 */
export async function whileHeld<Outcome>(
  databaseUrl: string,
  hold: { text: string; values: string[] },
  acts: (() => Promise<Outcome>)[],
): Promise<Outcome[]> {
  // two, as what a transaction sees of others stays the same while it lasts
  await using holder = await connect(databaseUrl)
  await using watcher = await connect(databaseUrl)
  await holder.query('begin')
  await holder.query(hold)
  const begun: Promise<Outcome>[] = []
  for (const act of acts) {
    begun.push(act())
    await eventually(
      () => waiting(watcher),
      (count) => count >= begun.length,
    )
  }
  await holder.query('rollback')
  return await Promise.all(begun)
}

async function connect(connectionString: string): Promise<pg.Client & AsyncDisposable> {
  const client = new pg.Client({ connectionString, application_name: 'tollkeeper test' })
  await client.connect()
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() })
}

async function waiting(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rows[0]!.count
}
