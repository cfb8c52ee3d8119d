import type { Pool, PoolClient } from 'pg'
import { commitFate } from './statement-failure.ts'

/** After this long a commit is given up, and whether it happened is not known. */
export const COMMIT_MS = 5_000
/** A node that is held up between two statements of a transaction keeps its locks from the others no longer than this. */
const HELD_UP_MS = 10_000

/** Lends a connection. One that broke, or was kept too long, is not used again. */
export async function withClient<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  let inUse = true
  let broken = false
  const release = (isBroken: boolean) => {
    if (inUse) client.release(isBroken)
    inUse = false
    broken ||= isBroken
  }
  // a lent connection that breaks says so twice: to the statement under way, and as an event that nobody may leave unheard
  const onBreak = () => release(true)
  client.on('error', onBreak)
  const deadline = setTimeout(release, COMMIT_MS, true)
  try {
    const result = await work(client)
    release(false)
    return result
  } catch (error) {
    release(commitFate(error) === 'unknown')
    throw error
  } finally {
    clearTimeout(deadline)
    if (!broken) client.off('error', onBreak)
  }
}

/** Runs a transaction in which `lockBalances` can be used: the savepoint is where it goes back to when it has to open a balance. */
export function inOneTransaction<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  return withClient(pool, async (client) => {
    try {
      await client.query(
        `begin; set local statement_timeout = ${COMMIT_MS}; set local idle_in_transaction_session_timeout = ${HELD_UP_MS}; savepoint before_locks`,
      )
      const result = await work(client)
      await client.query('commit')
      return result
    } catch (error) {
      if (commitFate(error) === 'rolled_back') await client.query('rollback')
      throw error
    }
  })
}
