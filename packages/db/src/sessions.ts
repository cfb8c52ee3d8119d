import type { EntityManager } from '@mikro-orm/postgresql'
import { systemRole, tenantRole } from './entities/index.ts'
import type { Orm } from './orm.ts'

/** An entity manager that sees one tenant's rows and no other, whatever is asked of it. */
export function tenantSession(orm: Orm, tenantId: string): EntityManager {
  return orm.em.fork({ session: { variables: { role: tenantRole, 'app.tenant': tenantId } } })
}

/** An entity manager for the server acting for itself. Every use of it is a place where the tenant must be named by hand. */
export function systemSession(orm: Orm): EntityManager {
  return orm.em.fork({ session: { variables: { role: systemRole } } })
}
