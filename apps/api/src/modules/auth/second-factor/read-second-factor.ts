import { BackupCode, PasskeyFactor, Tenant, TotpFactor } from '@tollkeeper/db'
import type { SecondFactorView } from '@tollkeeper/shared'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystem } from '../../../kernel/in-transaction.ts'
import { secondFactorsOf, servingPasskeys } from './second-factors-of.ts'

/** What the caller's account page shows of their second factor. */
export function readSecondFactor({ services, caller }: UserContext): Promise<SecondFactorView> {
  const { userId, memberships } = caller
  return inSystem(services, async (em) => {
    const factor = await em.findOne(TotpFactor, { userId, confirmedAt: { $ne: null } })
    const byPasskeys = await em.findOne(PasskeyFactor, { userId })
    const { on, methods } = await secondFactorsOf(em, services, userId)
    const demanding = await em.find(Tenant, {
      id: { $in: memberships.map(({ tenantId }) => tenantId) },
      secondFactorRequired: true,
    })
    return {
      enabled: on,
      methods,
      totpSince: factor?.confirmedAt?.toISOString() ?? null,
      passkeysSince: byPasskeys?.createdAt.toISOString() ?? null,
      passkeys: await servingPasskeys(em, services, userId),
      backupCodesLeft: await em.count(BackupCode, { userId }),
      requiredBy: demanding.map(({ name }) => name),
    }
  })
}
