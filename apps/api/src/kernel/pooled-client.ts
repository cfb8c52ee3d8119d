import { systemRole } from '@tollkeeper/db'
import pg from 'pg'

/** Whether an address leads to a pooler that lends a connection for one transaction only, as `?pgbouncer=true` says. */
export function isPooled(url: string): boolean {
  return new URL(url).searchParams.get('pgbouncer') === 'true'
}

const BEGIN = /^\s*(?:begin|start\s+transaction)\b/i
const takeRole = `set local role ${systemRole}`

type Work = { text: string; name?: string; values?: unknown[] }
type Callback = (error: Error | null, result?: pg.QueryResult) => void

/**
 * A connection behind a pooler in transaction mode, where nothing outlives a transaction: the next statement may be another
 * session's, and what was set would be met there by somebody else. So the role is taken on in every transaction, a statement by
 * itself is made one, and no statement is prepared under a name.
 */
export class PooledClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: the original has eight signatures, and everything goes through them
  override query(...args: any[]): any {
    const [given, second, third] = args
    const callback: Callback | undefined = typeof second === 'function' ? second : third
    const { text, values }: Work = typeof given === 'string' ? { text: given } : given
    const work = { text, values: (Array.isArray(second) ? second : undefined) ?? values }
    const done = this.#run(work)
    if (!callback) return done
    done.then(
      (result) => callback(null, result),
      (error: Error) => callback(error),
    )
  }

  async #run(work: Work): Promise<pg.QueryResult> {
    const send = (text: string): Promise<pg.QueryResult> => super.query(text)
    const status = this.getTransactionStatus()
    if (BEGIN.test(work.text)) return send(withRole(work.text))
    if (status === 'T' || status === 'E') return super.query(work)
    await send(`begin; ${takeRole}`)
    try {
      const result = await super.query(work)
      await send('commit')
      return result
    } catch (error) {
      if (this.getTransactionStatus() !== 'I') await send('rollback').catch(() => undefined)
      throw error
    }
  }
}

/** Takes the role on right behind the first statement, which begins the transaction. */
function withRole(text: string): string {
  const end = text.indexOf(';')
  return end < 0 ? `${text}; ${takeRole}` : `${text.slice(0, end)}; ${takeRole}${text.slice(end)}`
}
