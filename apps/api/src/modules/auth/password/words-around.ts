import type { Services } from '../../../kernel/services.ts'

/** Names of the tenants a person belongs to, and of this installation: the words around them that make a bad password. */
export async function wordsAround(
  { pool, publicUrl }: Pick<Services, 'pool' | 'publicUrl'>,
  userId: string | null,
): Promise<string[]> {
  const host = new URL(publicUrl).hostname
  if (userId === null) return [host]
  const { rows } = await pool.query<{ name: string; slug: string }>(
    'select t.name, t.slug from member m join tenant t on t.id = m.tenant_id where m.user_id = $1',
    [userId],
  )
  return [host, ...rows.flatMap(({ name, slug }) => [name, slug])]
}
