import type { EntityManager } from '@mikro-orm/postgresql'
import { BackupCode, PasskeyFactor, TotpFactor } from '@tollkeeper/db'

/** Takes away all that a person's sign-ins ask for beside the first factor. Their passkeys stay as ways in. @returns false when there was nothing */
export async function forgetSecondFactor(em: EntityManager, userId: string): Promise<boolean> {
  await em.nativeDelete(BackupCode, { userId })
  const offersAndApps = await em.find(TotpFactor, { userId })
  await em.nativeDelete(TotpFactor, { userId })
  const chosen = await em.nativeDelete(PasskeyFactor, { userId })
  return chosen > 0 || offersAndApps.some(({ confirmedAt }) => confirmedAt !== null)
}
