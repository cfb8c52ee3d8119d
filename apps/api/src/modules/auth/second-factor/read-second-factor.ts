import { BackupCode, Tenant, TotpFactor } from '@tollkeeper/db'
import type { SecondFactorView } from '@tollkeeper/shared'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystem } from '../../../kernel/in-transaction.ts'
import { secondFactorsOf } from './second-factors-of.ts'

/** What the caller's account page shows of their second factor. */
export function readSecondFactor({ services, caller }: UserContext): Promise<SecondFactorView> {
  const { userId, memberships } = caller
  return inSystem(services, async (em) => {
    const factor = await em.findOne(TotpFactor, { userId, confirmedAt: { $ne: null } })
    const demanding = await em.find(Tenant, {
      id: { $in: memberships.map(({ tenantId }) => tenantId) },
      secondFactorRequired: true,
    })
    return {
      enabled: (await secondFactorsOf(em, userId)).length > 0,
      totpSince: factor?.confirmedAt?.toISOString() ?? null,
      backupCodesLeft: await em.count(BackupCode, { userId }),
      requiredBy: demanding.map(({ name }) => name),
    }
  })
}
