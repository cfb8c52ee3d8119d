import type { FileStream } from '@tollkeeper/shared'
import type { UserContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { writeAudit } from '../audit/index.ts'
import { type Place, places, type Subject } from './places/index.ts'
import { readPlace } from './read-place.ts'
import { readSubject } from './read-subject.ts'

/**
 * Everything that is held about the caller, table by table, as one JSON document that is sent while it is read. Secrets are not in it.
 * It is on record before its first byte is sent; what fails before that is answered as a failure, what fails later breaks it off.
 */
export async function exportData(ctx: UserContext): Promise<FileStream> {
  const { services, caller, requestId } = ctx
  const { subject, now } = await inSystemTransaction(services, async ({ em, now }) => {
    const found = await readSubject(em, services, caller.userId)
    writeAudit(em, { tenantId: null, action: 'user.data_exported', target: caller.userId, caller, requestId, at: now })
    return { subject: found, now }
  })
  return { name: `your-data-${now.toISOString().slice(0, 10)}.json`, text: documentOf(ctx, subject, now) }
}

async function* documentOf({ services, requestId }: UserContext, subject: Subject, now: Date): AsyncGenerator<string, void> {
  try {
    yield `{"person":${JSON.stringify(subject.userId)},"at":${JSON.stringify(now)},"data":{`
    let isFirst = true
    for (const [table, place] of Object.entries(places)) {
      if (!canBeRead(place)) continue
      yield `${isFirst ? '' : ','}\n${JSON.stringify(table)}:[`
      isFirst = false
      let before = ''
      for await (const rows of readPlace(services, place, subject, now)) {
        if (rows.length === 0) continue
        yield before + rows.map((row) => `\n${JSON.stringify(row)}`).join(',')
        before = ','
      }
      yield ']'
    }
    yield '}}\n'
  } catch (error) {
    services.logger.error({ err: error, requestId }, 'an export of personal data was cut off in the middle')
    throw error
  }
}

function canBeRead(place: Place): place is Place & { read: string } {
  return place.read !== undefined
}
