import { randomBytes } from 'node:crypto'
import { withConnection } from '../embedded/server/connection.ts'

/** The same server, another database. */
export function urlOfDatabase(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}

/** A name nobody else has, safe in SQL without quotes. */
export function uniqueDatabaseName(prefix: string): string {
  return `${prefix}_${process.pid}_${randomBytes(4).toString('hex')}`
}

/** Makes a migrated database that can be copied fast and that nobody can connect to, as a connection would block the copying. */
export async function buildTemplate(adminUrl: string, migrate: (url: string) => Promise<unknown>): Promise<string> {
  const name = uniqueDatabaseName('tollkeeper_template')
  await withConnection(adminUrl, (client) => client.query(`create database ${name}`))
  await migrate(urlOfDatabase(adminUrl, name))
  await withConnection(adminUrl, (client) => client.query(`alter database ${name} is_template true allow_connections false`))
  return name
}

/** Only needed on a server that outlives the test run. */
export async function dropTemplate(adminUrl: string, name: string): Promise<void> {
  await withConnection(adminUrl, async (client) => {
    await client.query(`alter database ${name} is_template false`)
    await client.query(`drop database ${name} with (force)`)
  })
}
