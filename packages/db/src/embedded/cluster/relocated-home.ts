import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { EmbeddedPostgresError } from '../embedded-postgres-error.ts'
import { fileStats } from '../host/file-stats.ts'
import { privateTempFolder, privateTempPath } from '../host/private-temp-folder.ts'
import { readIfThere } from '../host/read-if-there.ts'
import { writeFileAtomically } from '../host/write-file-atomically.ts'

/** A text for people in the wanted folder; its first line is the place. */
export const NOTE = 'where-the-database-is.txt'

/**
 * The place in /var/tmp that a database already has which root's server could not keep in the wanted folder.
 * @throws EmbeddedPostgresError when the wanted folder was moved or copied since, as the place is tied to its path
 */
export async function existingRelocatedHome(wanted: string): Promise<string | undefined> {
  const noted = (await readIfThere(join(wanted, NOTE)))?.split('\n')[0]
  if (!noted || !(await fileStats(join(noted, 'cluster')))) return undefined
  const own = privateTempPath(nameFor(wanted))
  if (noted === own) return privateTempFolder(nameFor(wanted))
  throw new EmbeddedPostgresError(
    `${wanted} was moved or copied: its database is in ${noted}, which is tied to the old place. To keep the data, stop what ` +
      `runs on it and move ${noted} to ${own}; then, or to begin with an empty database, remove ${join(wanted, NOTE)}.`,
  )
}

/** Makes that place, and the note that leads to it. */
export async function relocateHome(wanted: string): Promise<string> {
  const home = await privateTempFolder(nameFor(wanted))
  const text = [
    home,
    '',
    'The database server cannot run as root, and the account it runs as cannot reach this folder.',
    `So the data of ${wanted} is kept in the folder named above.`,
    '',
  ]
  await writeFileAtomically(join(wanted, NOTE), text.join('\n'))
  return home
}

function nameFor(wanted: string): string {
  return `tollkeeper-${createHash('sha256').update(wanted).digest('hex').slice(0, 16)}`
}
