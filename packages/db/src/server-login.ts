import { createHmac } from 'node:crypto'
import pg from 'pg'
import { ensureRoles } from './roles.ts'

const LOGIN = 'tollkeeper'

/**
 * Makes the login the server uses on a database it administers itself (the embedded one): an ordinary role that owns the
 * database and nothing else. Superusers pass every row-level policy, so the server never acts as one.
 * @param superuserUrl address of the database, as its superuser
 * @returns the address of the same database for the ordinary login
 */
export async function ensureServerLogin(superuserUrl: string): Promise<string> {
  const url = new URL(superuserUrl)
  const database = url.pathname.slice(1)
  const password = createHmac('sha256', decodeURIComponent(url.password)).update('login of the server').digest('base64url')
  const client = new pg.Client({ connectionString: superuserUrl, application_name: 'tollkeeper set-up' })
  await client.connect()
  try {
    await ensureRoles(client)
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [LOGIN])
    if (rowCount === 0) await client.query(`create role ${LOGIN} login`)
    await client.query(`alter role ${LOGIN} password ${client.escapeLiteral(password)}`)
    await client.query(`grant tollkeeper_tenant, tollkeeper_system to ${LOGIN}`)
    await client.query(`alter database ${client.escapeIdentifier(database)} owner to ${LOGIN}`)
  } finally {
    await client.end()
  }
  url.username = LOGIN
  url.password = password
  return url.href
}
