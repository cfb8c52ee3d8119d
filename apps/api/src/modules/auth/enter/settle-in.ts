import type { Services } from '../../../kernel/services.ts'
import { ensurePersonalTenant } from '../../tenant/index.ts'

/** A person without any tenant gets their own: one who came by a provider, or whose first one was cut short. */
export async function settleIn(services: Services, userId: string): Promise<void> {
  const { rows } = await services.pool.query<{ name: string; email: string }>(
    `select name, email from "user" u where id = $1 and not exists (select 1 from member m where m.user_id = u.id)`,
    [userId],
  )
  const [homeless] = rows
  if (homeless) await ensurePersonalTenant(services, { userId, ...homeless })
}
