import { chmod, lstat, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { EmbeddedPostgresError } from '../embedded-postgres-error.ts'

/** Where `privateTempFolder` makes the folder of this name. */
export function privateTempPath(name: string): string {
  return join('/var/tmp', name)
}

/**
 * A folder of root's in /var/tmp that everyone may pass through and only root may fill. /var/tmp is open to all, so a
 * folder somebody else put there first is refused instead of trusted.
 * @throws EmbeddedPostgresError when the name is taken by a link or by another account's folder
 */
export async function privateTempFolder(name: string): Promise<string> {
  const path = privateTempPath(name)
  try {
    await mkdir(path, { mode: 0o755 })
    // The umask may have taken bits away.
    await chmod(path, 0o755)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const found = await lstat(path)
  if (!found.isDirectory() || found.uid !== 0 || (found.mode & 0o022) !== 0) {
    throw new EmbeddedPostgresError(
      `${path} is needed to run PostgreSQL as an unprivileged account, but it is not a folder only root can write to. ` +
        'Remove it if you know it, then start again.',
    )
  }
  return path
}
