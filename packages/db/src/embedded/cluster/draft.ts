import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { abandonedFolders } from '../host/owned-folder.ts'
import { commandLine, processState } from '../host/process-state.ts'
import { readIfThere } from '../host/read-if-there.ts'

/** Folders in which a new cluster is being made. */
export const DRAFT_PREFIX = 'initialising'

const LONGEST_INITDB_MS = 15_000

/** The file in a draft that names the initdb at work there. */
export function initdbPidFile(draft: string): string {
  return join(draft, 'initdb.pid')
}

/** Removes what first starts that were killed half-way have left. */
export async function clearAbandonedDrafts(home: string): Promise<void> {
  for (const draft of await abandonedFolders(home, DRAFT_PREFIX)) {
    await untilInitdbEnds(draft)
    await removeDraft(draft)
  }
}

/** Files may still be coming in from an initdb we know nothing of: a few more tries win that race. */
export function removeDraft(draft: string): Promise<void> {
  return rm(draft, { recursive: true, force: true, maxRetries: 8, retryDelay: 50 })
}

/** An initdb may outlive its parent for a moment. Losing its files under its feet, it would leave shared memory behind. */
async function untilInitdbEnds(draft: string): Promise<void> {
  const pid = Number(await readIfThere(initdbPidFile(draft)))
  const deadline = Date.now() + LONGEST_INITDB_MS
  while (isAtWork(pid, draft) && Date.now() < deadline) await sleep(10)
}

function isAtWork(pid: number, draft: string): boolean {
  return processState(pid).running && (commandLine(pid)?.join(' ').includes(draft) ?? false)
}
