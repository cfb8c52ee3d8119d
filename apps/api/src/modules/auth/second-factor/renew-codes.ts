import type { BackupCodes } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'
import { lockPerson } from '../account/lock-person.ts'
import { renewBackupCodes } from './backup-codes.ts'
import { secondFactorsOf } from './second-factors-of.ts'
import { tellSecondFactorChanged } from './tell-second-factor-changed.ts'

/** New backup codes for the caller; the old ones open nothing any more. @throws AppError auth.second_factor_missing */
export function renewCodes({ services, caller, requestId }: UserContext): Promise<BackupCodes> {
  return inSystemTransaction(services, async ({ em, now }) => {
    const user = await lockPerson(em, caller.userId)
    if (!(await secondFactorsOf(em, services, user.id)).on) throw new AppError('auth.second_factor_missing')
    const backupCodes = await renewBackupCodes(em, services, user.id)
    await tellSecondFactorChanged(em, services, user, 'new_backup_codes')
    writeAudit(em, { tenantId: null, action: 'user.backup_codes_renewed', target: user.id, caller, requestId, at: now })
    return { backupCodes }
  })
}
