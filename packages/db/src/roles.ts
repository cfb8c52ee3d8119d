import type pg from 'pg'
import { systemRole, tenantRole } from './entities/index.ts'

/**
 * Makes the two roles the server acts under, and lets the present login take them on. They cannot log in, own nothing,
 * and are bound by row-level security.
 * @throws when they are missing and the login may not create roles; the message says what an administrator has to run.
 */
export async function ensureRoles(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ rolname: string; granted: boolean }>(
    `select rolname, pg_has_role(current_user, oid, 'member') as granted from pg_roles where rolname = any($1)`,
    [[tenantRole, systemRole]],
  )
  for (const role of [tenantRole, systemRole]) {
    const found = rows.find((row) => row.rolname === role)
    try {
      if (!found) await client.query(`create role ${role} nologin`)
      if (!found?.granted) await client.query(`grant ${role} to current_user`)
    } catch (error) {
      if (isAlreadyThere(error)) await client.query(`grant ${role} to current_user`)
      else throw new Error(howToMend(role, error), { cause: error })
    }
  }
}

/** Another server on the same cluster may create a role between our look and our own attempt. */
function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '42710' || error.code === '23505')
}

function howToMend(role: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error)
  return `The database login may not create the role ${role} (${reason}). Let an administrator run: create role ${role} nologin; grant ${role} to <the login in DATABASE_URL>;`
}
