const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH'])

/**
 * SQLSTATE class 08 (connection), 57P0x (shut down, crash, starting up), 53xxx (no memory, disk or connections left) and
 * 25006 (read-only): the statement can be sent again when the database is back.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const retriable = /^(08|53|57P0)|^25006$/

/** Whether a failure says that the database cannot be used now, rather than that the statement was wrong. */
export function isDatabaseDown(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    const code = 'code' in current && typeof current.code === 'string' ? current.code : ''
    if (unreachable.has(code) || retriable.test(code)) return true
    if (
      /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after/.test(
        current.message,
      )
    )
      return true
    if (current instanceof AggregateError && current.errors.some(isDatabaseDown)) return true
  }
  return false
}
