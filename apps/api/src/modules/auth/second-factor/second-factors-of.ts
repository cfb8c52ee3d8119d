import type { EntityManager } from '@mikro-orm/postgresql'
import { BackupCode, Passkey, PasskeyFactor, TotpFactor } from '@tollkeeper/db'
import type { PendingSignIn } from '@tollkeeper/shared'
import type { Services } from '../../../kernel/services.ts'
import { passkeysAvailable } from '../passkey/relying-party.ts'

export interface SecondFactors {
  /** Whether a sign-in asks for one. It does even where nothing is left to answer with. */
  on: boolean
  /** What a person can prove beside their first factor, the quickest first. */
  methods: PendingSignIn['methods']
}

/**
 * A person has a second factor once they have set up an authenticator app, or turned it on with their passkeys. From then on each of
 * their passkeys serves; before that a passkey is a way in and nothing more (docs/decisions/0030).
 */
export async function secondFactorsOf(
  em: EntityManager,
  services: Pick<Services, 'publicUrl'>,
  userId: string,
): Promise<SecondFactors> {
  const hasApp = (await em.count(TotpFactor, { userId, confirmedAt: { $ne: null } })) > 0
  const on = hasApp || (await em.count(PasskeyFactor, { userId })) > 0
  if (!on) return { on, methods: [] }
  const methods: PendingSignIn['methods'] = []
  if ((await servingPasskeys(em, services, userId)) > 0) methods.push('passkey')
  if (hasApp) methods.push('totp')
  if ((await em.count(BackupCode, { userId })) > 0) methods.push('backup_code')
  return { on, methods }
}

/** How many passkeys of a person this server can ask for. */
export function servingPasskeys(em: EntityManager, services: Pick<Services, 'publicUrl'>, userId: string): Promise<number> {
  return passkeysAvailable(services) ? em.count(Passkey, { userId }) : Promise.resolve(0)
}
