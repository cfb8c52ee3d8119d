import { Client } from 'pg'

/** Runs `use` on one short-lived connection and closes it. */
export async function withConnection<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, application_name: 'tollkeeper supervisor' })
  // The query in flight rejects with the same cause; without a listener the event would end the process.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

/** The address of a database on this server. The password holds no character that a URL would need escaped. */
export function databaseUrl(password: string, port: number, database = 'postgres'): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`
}

/** What a running server says of itself; the address proves it knows our password. */
export async function askServer(url: string): Promise<{ cluster: string; durable: boolean }> {
  const sql = `select current_setting('data_directory') as cluster, current_setting('fsync') = 'on' as durable`
  return withConnection(url, async (client) => {
    const { rows } = await client.query<{ cluster: string; durable: boolean }>(sql)
    return rows[0]!
  })
}
