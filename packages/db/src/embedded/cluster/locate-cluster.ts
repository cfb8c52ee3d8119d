import { chmod, mkdir, realpath } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { EmbeddedPostgresError } from '../embedded-postgres-error.ts'
import { canEnter } from '../host/can-enter.ts'
import { fileStats } from '../host/file-stats.ts'
import { readIfThere } from '../host/read-if-there.ts'
import { isRoot, type ServerUser, unprivilegedUser } from '../host/server-user.ts'
import { existingRelocatedHome, NOTE, relocateHome } from './relocated-home.ts'

/** Where the database lives and who runs it. `home` is ours; `cluster` inside it is PostgreSQL's own data directory. */
export type ClusterPlace = { home: string; cluster: string; user: ServerUser | undefined }

/**
 * Finds the place for the wanted folder. It is that folder itself, except for root when the server's account cannot
 * reach it: then it is a folder in /var/tmp, and a note in the wanted folder says so.
 * @throws EmbeddedPostgresError when an existing database there belongs to an account we cannot use
 */
export async function locateCluster(dataDir: string): Promise<ClusterPlace> {
  await mkdir(resolve(dataDir), { recursive: true, mode: isRoot() ? 0o711 : 0o700 })
  const wanted = await realpath(resolve(dataDir))
  return isRoot() ? locateForRoot(wanted) : locateForOrdinaryUser(wanted)
}

async function locateForOrdinaryUser(wanted: string): Promise<ClusterPlace> {
  const cluster = join(wanted, 'cluster')
  const found = await fileStats(cluster)
  if (found && process.getuid && found.uid !== process.getuid()) {
    throw new EmbeddedPostgresError(
      `The database in ${cluster} belongs to another account (uid ${found.uid}), as happens when it was first started by root. ` +
        `Start as that account or as root again, or give yourself the folder: sudo chown -R "$(id -u)" ${wanted}`,
    )
  }
  const note = await readIfThere(join(wanted, NOTE))
  if (note !== undefined && !found) {
    throw new EmbeddedPostgresError(
      `The database of ${wanted} was made by root and lives elsewhere; ${join(wanted, NOTE)} says where. ` +
        'Start as root again, or remove that note to begin with an empty database.',
    )
  }
  return { home: wanted, cluster, user: undefined }
}

async function locateForRoot(wanted: string): Promise<ClusterPlace> {
  const here = await placeIn(wanted)
  if (await fileStats(here.cluster)) {
    if (await canPassInto(wanted, here.user)) return here
    throw new EmbeddedPostgresError(
      `The database in ${here.cluster} is run by the account "${here.user.name}", which cannot reach it there. ` +
        'Let everyone pass through the folders above it (chmod o+x on each), or move it to a place that is open.',
    )
  }
  const elsewhere = await existingRelocatedHome(wanted)
  if (elsewhere) return placeIn(elsewhere)
  return (await canPassInto(wanted, here.user)) ? here : placeIn(await relocateHome(wanted))
}

/** The account that owns the database runs it; a new one is given to an account without power. */
async function placeIn(home: string): Promise<ClusterPlace & { user: ServerUser }> {
  const cluster = join(home, 'cluster')
  const found = await fileStats(cluster)
  const owned = found && found.uid !== 0
  return { home, cluster, user: owned ? { name: `uid ${found.uid}`, uid: found.uid, gid: found.gid } : unprivilegedUser() }
}

/** A folder of root's that only its own bits keep shut is opened for passing through, not for listing. */
async function canPassInto(wanted: string, user: ServerUser): Promise<boolean> {
  if (await canEnter(user, wanted)) return true
  if (!(await canEnter(user, resolve(wanted, '..')))) return false
  await chmod(wanted, 0o711)
  return true
}
