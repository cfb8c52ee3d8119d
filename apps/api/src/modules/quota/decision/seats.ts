import { wrongFeature } from '../../../kernel/app-error.ts'
import type { Services } from '../../../kernel/services.ts'

/** The feature whose units are the tenant's members: nothing of it is given, held or reported. */
export const SEATS = 'seats'

/** @throws AppError quota.counted_by_members */
export function assertNotSeats(featureKey: string): void {
  if (featureKey === SEATS) throw wrongFeature('quota.counted_by_members', 'is counted by the members there are')
}

export async function countMembers({ pool }: Pick<Services, 'pool'>, tenantId: string): Promise<number> {
  const { rows } = await pool.query<{ members: number }>('select count(*)::int as members from member where tenant_id = $1', [
    tenantId,
  ])
  return rows[0]!.members
}
