import type pg from 'pg'

/** Every table whose rows belong to a tenant, as the database itself says: those with a `tenant_id`, and `tenant`. */
async function tenantTables(pool: pg.Pool): Promise<{ table: string; column: string }[]> {
  const { rows } = await pool.query<{ table: string }>(
    `select table_name as "table" from information_schema.columns where table_schema = 'public' and column_name = 'tenant_id' order by 1`,
  )
  return [{ table: 'tenant', column: 'id' }, ...rows.map(({ table }) => ({ table, column: 'tenant_id' }))]
}

/** One hash over every row of a tenant: whoever changes, adds or removes one changes it. */
export async function checksumOfTenant(pool: pg.Pool, tenantId: string): Promise<string> {
  const parts: string[] = []
  for (const { table, column } of await tenantTables(pool)) {
    const { rows } = await pool.query<{ sum: string }>(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${table} t where ${column} = $1`,
      [tenantId],
    )
    parts.push(`${table}:${rows[0]!.sum}`)
  }
  return parts.join('\n')
}
