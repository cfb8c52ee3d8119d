import type { User } from '@tollkeeper/db'
import type { BackupCodes } from '@tollkeeper/shared'
import type { UserContext } from '../../../kernel/context.ts'
import type { SystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { renewBackupCodes } from './backup-codes.ts'
import { settleSessions } from './settle-sessions.ts'
import { tellSecondFactorChanged } from './tell-second-factor-changed.ts'

/**
 * What follows when the caller, whose row is held, has proved one more thing that sign-ins ask for from now on. Whatever was signed in
 * with less is ended, but for the session that asks. The first of them brings the backup codes.
 * @param wasOn whether sign-ins took two steps before; the backup codes there are then go on
 */
export async function turnOn(
  { caller, requestId }: UserContext,
  { em, services, now }: SystemTransaction,
  user: User,
  { way, wasOn }: { way: 'totp' | 'passkey'; wasOn: boolean },
): Promise<BackupCodes> {
  const backupCodes = wasOn ? [] : await renewBackupCodes(em, services, user.id)
  await settleSessions(em, caller, way, now)
  await tellSecondFactorChanged(em, services, user, wasOn ? 'changed' : 'on')
  const action = 'user.second_factor_added'
  writeAudit(em, { tenantId: null, action, target: user.id, details: { way }, caller, requestId, at: now })
  return { backupCodes }
}
