import { AppError } from '../../../kernel/app-error.ts'
import type { Services } from '../../../kernel/services.ts'
import { identityOf } from '../identity/identity.ts'
import { isOfOurCost } from './password-hasher.ts'

/**
 * Replaces a hash another system made, or one of a cost we have left behind, now that the password is known. Two sign-ins at once
 * leave one of two good hashes. When too many are signing in, it waits for the next time.
 */
export async function upgradeHash(
  services: Services,
  { userId, hash, password }: { userId: string; hash: string; password: string },
): Promise<void> {
  if (isOfOurCost(hash)) return
  try {
    const better = await identityOf(services).passwords.hash(password)
    await services.pool.query(
      `update account set password = $3, updated_at = $4 where user_id = $1 and provider_id = 'credential' and password = $2`,
      [userId, hash, better, services.clock.now()],
    )
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'auth.overloaded') throw error
    services.logger.debug({ userId }, 'a password keeps its old hash until the next sign-in')
  }
}
