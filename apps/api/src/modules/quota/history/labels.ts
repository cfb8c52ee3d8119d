import type { EntityManager } from '@mikro-orm/postgresql'
import type { UsageHistoryInput } from '@tollkeeper/shared'

const named = {
  member: 'select id, name from "user" where id in (?)',
  key: 'select id, name from api_key where id in (?)',
} as const

/** The names of the members or keys among the groups, as the tenant may see them: who has left it has none. */
export async function labelsOf(
  em: EntityManager,
  by: UsageHistoryInput['by'],
  groups: readonly { key: string | null }[],
): Promise<Map<string, string>> {
  const ids = [...new Set(groups.flatMap(({ key }) => (key === null ? [] : [key])))]
  if ((by !== 'member' && by !== 'key') || ids.length === 0) return new Map()
  const rows = await em.execute<{ id: string; name: string }[]>(named[by], [ids])
  return new Map(rows.map(({ id, name }) => [id, name]))
}
