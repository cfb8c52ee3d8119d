import type { Pool, PoolClient } from 'pg'

/**
 * Gives a connection that the server cut back to its pool, whoever held it. Kysely keeps hold of one whose BEGIN, COMMIT or
 * ROLLBACK failed (https://github.com/kysely-org/kysely/issues/1990), so without this every outage of the database would leave
 * the pool smaller, until none is left and the server hangs.
 */
export function giveBackLostConnections(pool: Pool): void {
  const held = new Set<PoolClient>()
  pool.on('acquire', (client) => held.add(client))
  pool.on('release', (_error, client) => held.delete(client))
  pool.on('connect', (client) => {
    client.once('end', () => {
      if (!held.has(client)) return
      const release = client.release.bind(client)
      // its holder may still give it back by itself, and twice is an error
      client.release = () => undefined
      release(true)
    })
  })
}
