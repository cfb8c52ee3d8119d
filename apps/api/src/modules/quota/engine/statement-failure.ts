import pg from 'pg'

/** Whether what failed can have been committed all the same. */
export type CommitFate = 'rolled_back' | 'unknown'

/**
 * A statement the database refused is undone. When the connection broke, or the database ended the session, the commit may have
 * happened just before.
 */
export function commitFate(error: unknown): CommitFate {
  if (!(error instanceof pg.DatabaseError) || error.code === undefined) return 'unknown'
  return error.severity === 'ERROR' && !/^(08|57P)/.test(error.code) ? 'rolled_back' : 'unknown'
}

/** Another transaction was in the way (same request id, deadlock, balance at its bound): the same may well succeed again. */
export function isContention(error: unknown): boolean {
  return error instanceof pg.DatabaseError && ['23505', '23514', '40001', '40P01', '55P03'].includes(error.code ?? '')
}

/** The statement ran into its time limit, and was undone. */
export function isTimeout(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '57014'
}
