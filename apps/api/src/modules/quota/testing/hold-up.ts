import type pg from 'pg'

type Query = (...args: unknown[]) => Promise<unknown>

/** Lets every statement of a pool's connections wait at a gate before it is sent, as a slow network would. */
export function holdUp(pool: pg.Pool, gate: () => Promise<void>): void {
  const held = new WeakSet<object>()
  const hold = (client: pg.PoolClient) => {
    if (held.has(client)) return
    held.add(client)
    const query = client.query.bind(client) as unknown as Query
    const late: Query = async (...args) => {
      await gate()
      return query(...args)
    }
    Object.assign(client, { query: late })
  }
  pool.on('acquire', hold)
}
