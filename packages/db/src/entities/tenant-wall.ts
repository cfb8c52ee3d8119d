/**
 * The second wall between tenants: a query that forgets its `where` still sees one tenant's rows only.
 * `tollkeeper_tenant` acts for one tenant, named in `app.tenant` for the length of a transaction;
 * `tollkeeper_system` is the server acting for itself: webhooks, jobs, the quota engine, the operator's procedures.
 */
export const tenantRole = 'tollkeeper_tenant'
export const systemRole = 'tollkeeper_system'

/** Row-level security for a table whose rows belong to the tenant named in `column`; it binds the table's owner too. */
export function tenantWall(column = 'tenant_id') {
  const ownRow = `${column} = current_setting('app.tenant', true)`
  return {
    rowLevelSecurity: 'force' as const,
    policies: [
      { name: 'one_tenant', roles: [tenantRole], using: ownRow, check: ownRow },
      { name: 'the_server_itself', roles: [systemRole], using: 'true', check: 'true' },
    ],
  }
}
