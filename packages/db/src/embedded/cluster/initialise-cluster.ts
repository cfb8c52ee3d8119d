import { randomBytes } from 'node:crypto'
import { chown, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EmbeddedPostgresError } from '../embedded-postgres-error.ts'
import { makeOwnedFolder } from '../host/owned-folder.ts'
import type { PlatformBinaries } from '../host/platform-binaries.ts'
import { readIfThere } from '../host/read-if-there.ts'
import { clearAbandonedDrafts, DRAFT_PREFIX, removeDraft } from './draft.ts'
import type { ClusterPlace } from './locate-cluster.ts'
import { runInitdb } from './run-initdb.ts'

const PASSWORD_FILE = 'tollkeeper.password'

/**
 * Makes sure there is a finished cluster and returns its superuser's password. A new one is built beside its place and
 * moved there in one step, password included: killed half-way it leaves scraps, never half a database, and of two
 * starts at once the slower throws its own away. Nothing ever deletes what is at the place itself.
 * @throws EmbeddedPostgresError when something else is there, when it is of another major version, or when initdb fails
 */
export async function initialiseCluster(place: ClusterPlace, binaries: PlatformBinaries, durable: boolean): Promise<string> {
  await clearAbandonedDrafts(place.home)
  if (!(await isThere(place, binaries))) await build(place, binaries, durable)
  const password = await readIfThere(join(place.cluster, PASSWORD_FILE))
  if (password) return password
  throw new EmbeddedPostgresError(
    `The password of the database in ${place.cluster} is gone (${PASSWORD_FILE}). Put the file back from a backup of that folder; ` +
      'nothing else was changed.',
  )
}

async function isThere({ cluster }: ClusterPlace, { major }: PlatformBinaries): Promise<boolean> {
  const version = (await readIfThere(join(cluster, 'PG_VERSION')))?.trim()
  if (version === major) return true
  if (version !== undefined) {
    throw new EmbeddedPostgresError(
      `The database in ${cluster} was made by PostgreSQL ${version}, and this program brings PostgreSQL ${major}. Nothing was changed. ` +
        `Carry the data over with pg_dump of version ${version} and pg_restore, or move the folder away to begin with an empty database.`,
    )
  }
  if (!(await isEmpty(cluster))) {
    throw new EmbeddedPostgresError(
      `${cluster} holds files but no PostgreSQL database (there is no PG_VERSION). Nothing was changed. ` +
        'Restore the folder from a backup, or move it away to begin with an empty database.',
    )
  }
  return false
}

async function isEmpty(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true
    throw error
  }
}

async function build(place: ClusterPlace, binaries: PlatformBinaries, durable: boolean): Promise<void> {
  const draft = await makeOwnedFolder(place.home, DRAFT_PREFIX, 0o711)
  try {
    const cluster = join(draft, 'cluster')
    const passwordFile = join(draft, 'password')
    await mkdir(cluster, { mode: 0o700 })
    await writeFile(passwordFile, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true })
    for (const path of place.user ? [cluster, passwordFile] : []) await chown(path, place.user!.uid, place.user!.gid)
    await runInitdb(place, binaries, draft, [
      ...['--pgdata', cluster, '--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
      ...(durable ? [] : ['--no-sync']),
    ])
    await rename(passwordFile, join(cluster, PASSWORD_FILE))
    await moveIntoPlace(cluster, place.cluster)
  } finally {
    await removeDraft(draft)
  }
}

/** A folder can be moved over an empty one but not over a full one: the first of two to arrive stays. */
async function moveIntoPlace(draft: string, cluster: string): Promise<void> {
  try {
    await rename(draft, cluster)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'EPERM') throw error
    await readFile(join(cluster, 'PG_VERSION'))
  }
}
