import type pg from 'pg'

/** Every table whose rows belong to a tenant, as the database itself says: those with a `tenant_id`, and `tenant`. */
async function tenantTables(pool: pg.Pool): Promise<{ table: string; column: string }[]> {
  const { rows } = await pool.query<{ table: string }>(
    `select table_name as "table" from information_schema.columns where table_schema = 'public' and column_name = 'tenant_id' order by 1`,
  )
  return [{ table: 'tenant', column: 'id' }, ...rows.map(({ table }) => ({ table, column: 'tenant_id' }))]
}

/** One hash over every row of a tenant: whoever changes, adds or removes one changes it. When a key was last used is no part of it. */
export async function checksumOfTenant(pool: pg.Pool, tenantId: string): Promise<string> {
  const parts: string[] = []
  for (const { table, column } of await tenantTables(pool)) {
    const { rows } = await pool.query<{ sum: string }>(
      `select md5(coalesce(string_agg(row, '|' order by row), '')) as sum from (select (to_jsonb(t) - 'last_used_at')::text as row from ${table} t where ${column} = $1) rows`,
      [tenantId],
    )
    parts.push(`${table}:${rows[0]!.sum}`)
  }
  return parts.join('\n')
}
