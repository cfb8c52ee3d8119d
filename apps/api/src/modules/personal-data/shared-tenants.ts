import type { EntityManager } from '@mikro-orm/postgresql'
import { holdTenantsOf } from '../tenant/index.ts'

/**
 * The shared tenants that would be left without an owner if a person went: no other owner can sign in and means to stay. All their
 * tenants are held until the end of the transaction, so that of two who go at once one sees that the other does. The caller has
 * locked the person's row.
 */
export async function tenantsLeftAlone(em: EntityManager, userId: string): Promise<string[]> {
  await holdTenantsOf(em, userId)
  const alone = await em.execute<{ name: string }[]>(
    `select t.name from member m join tenant t on t.id = m.tenant_id
     where m.user_id = ? and m.role = 'owner' and t.personal_of is null and not exists (
       select from member o join "user" u on u.id = o.user_id
       where o.tenant_id = m.tenant_id and o.role = 'owner' and o.user_id <> m.user_id
         and u.status = 'active' and u.delete_after is null)
     order by t.name`,
    [userId],
  )
  return alone.map(({ name }) => name)
}
