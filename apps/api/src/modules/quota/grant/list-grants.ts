import type { GrantView } from '@tollkeeper/shared'
import type { Services } from '../../../kernel/services.ts'
import { type GrantRow, toGrantView } from './grant-view.ts'

const MOST = 200

/** The grants of a tenant, the newest first, with what is left of each as committed. */
export async function listGrants({ pool, clock }: Services, tenantId: string): Promise<{ grants: GrantView[] }> {
  const { rows } = await pool.query<GrantRow>({
    name: 'list-grants',
    text: `select g.id, g.feature_key as "featureKey", g.units::float8 as units, g.priority, g.source, g.reason, g.effective_at as "effectiveAt",
        g.expires_at as "expiresAt", g.created_at as "createdAt", g.voided_at as "voidedAt",
        coalesce(b.consumed, 0)::float8 as used, coalesce(b.granted - b.consumed - b.reserved - b.leased, 0)::float8 as remaining
      from quota_grant g left join balance b on b.tenant_id = g.tenant_id and b.feature_key = g.feature_key
        and b.window_start = g.effective_at and b.origin = g.id
      where g.tenant_id = $1 order by g.created_at desc, g.id desc limit ${MOST}`,
    values: [tenantId],
  })
  const now = clock.now()
  return { grants: rows.map((row) => toGrantView(row, now)) }
}
