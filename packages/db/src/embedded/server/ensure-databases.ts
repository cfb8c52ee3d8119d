import { escapeIdentifier } from 'pg'
import { databaseUrl, withConnection } from './connection.ts'

const ALREADY_THERE = new Set(['42P04', '23505'])

/** Creates the databases that are missing. Two programs may do so at once. */
export async function ensureDatabases(password: string, port: number, names: string[]): Promise<void> {
  if (names.length === 0) return
  await withConnection(databaseUrl(password, port), async (client) => {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database where datname = any($1)', [names])
    const there = new Set(rows.map(({ datname }) => datname))
    for (const name of names.filter((wanted) => !there.has(wanted))) {
      await client.query(`create database ${escapeIdentifier(name)}`).catch((error: Error & { code?: string }) => {
        if (!ALREADY_THERE.has(error.code ?? '')) throw error
      })
    }
  })
}
