import type { PersonalData } from '@tollkeeper/shared'
import type { UserContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { writeAudit } from '../audit/index.ts'
import { places } from './places/index.ts'
import { readSubject } from './read-subject.ts'
import { runOnSubject } from './run-on-subject.ts'

/** Everything that is held about the caller, table by table, as one document of one moment. Secrets are not in it. */
export function exportData({ services, caller, requestId }: UserContext): Promise<PersonalData> {
  return inSystemTransaction(services, async ({ em, now }) => {
    const subject = await readSubject(em, services, caller.userId)
    const data: PersonalData['data'] = {}
    for (const [table, { read }] of Object.entries(places)) {
      if (read) data[table] = (await runOnSubject(em, read, subject, now)).map(toJson)
    }
    writeAudit(em, { tenantId: null, action: 'user.data_exported', target: caller.userId, caller, requestId, at: now })
    return { person: caller.userId, at: now.toISOString(), data }
  })
}

function toJson(row: Record<string, unknown>): PersonalData['data'][string][number] {
  return JSON.parse(JSON.stringify(row)) as PersonalData['data'][string][number]
}
