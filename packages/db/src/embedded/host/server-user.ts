import { spawnSync } from 'node:child_process'
import { EmbeddedPostgresError } from '../embedded-postgres-error.ts'

/** The account the database server runs as when that is not the account of this process. */
export type ServerUser = { name: string; uid: number; gid: number }

/** True when this process is root on a system that has one: PostgreSQL refuses to run as root. */
export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/**
 * `postgres` where it exists, else `nobody`: initdb insists on an account the system knows by name.
 * @throws EmbeddedPostgresError when the system has neither
 */
export function unprivilegedUser(): ServerUser {
  for (const name of ['postgres', 'nobody']) {
    const uid = idOf('-u', name)
    const gid = idOf('-g', name)
    if (uid && gid) return { name, uid, gid }
  }
  throw new EmbeddedPostgresError(
    'PostgreSQL refuses to run as root, and this system has neither a "postgres" nor a "nobody" account to run it as. ' +
      'Start as an ordinary user, add one of these accounts, or set DATABASE_URL to a PostgreSQL of your own.',
  )
}

function idOf(flag: '-u' | '-g', name: string): number | undefined {
  const answer = spawnSync('id', [flag, name], { encoding: 'utf8' })
  return answer.status === 0 ? Number(answer.stdout) : undefined
}
