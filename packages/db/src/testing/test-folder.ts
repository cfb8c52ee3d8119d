import { realpath, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { abandonedFolders, makeOwnedFolder } from '../embedded/host/owned-folder.ts'
import { platformBinaries } from '../embedded/host/platform-binaries.ts'
import { isRoot } from '../embedded/host/server-user.ts'
import { isServing, readPostmasterFile } from '../embedded/server/postmaster-file.ts'
import { stopPostmaster } from '../embedded/server/stop-postmaster.ts'

const PREFIX = 'tollkeeper-test'
const MEMORY = '/dev/shm'
const ROOM_BYTES = 2 * 1024 ** 3

/** Server settings for tests: shared memory goes with the folder even when the server is killed for good. */
export const testSettings = { dynamic_shared_memory_type: 'mmap', max_connections: '200' }

/**
 * A temporary folder for a test's database, named for this process. Folders whose process was killed are cleared away
 * first, running servers included, so that broken-off test runs leave nothing behind for long.
 * @param options.onDisk true never takes the memory disk, where what is forced to the disk is not
 */
export async function makeTestFolder({ onDisk = false }: { onDisk?: boolean } = {}): Promise<string> {
  // Not root's own TMPDIR, which may be closed to the account that root's server runs as.
  const disk = await realpath(isRoot() ? '/tmp' : tmpdir())
  const memory = await memoryFolder()
  for (const parent of memory ? [memory, disk] : [disk]) await clearAbandoned(parent)
  return makeOwnedFolder(onDisk ? disk : (memory ?? disk), PREFIX, 0o711)
}

/** Removes a test folder whose server has stopped. */
export function removeTestFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 8, retryDelay: 50 })
}

/** Where the data of a test folder's server is. */
export function dataDirOf(folder: string): string {
  return join(folder, 'data')
}

/** The memory disk of Linux where it has room: databases come and go there several times faster. */
async function memoryFolder(): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined
  const { bavail, bsize } = await statfs(MEMORY)
  return bavail * bsize >= ROOM_BYTES ? MEMORY : undefined
}

async function clearAbandoned(parent: string): Promise<void> {
  for (const folder of await abandonedFolders(parent, PREFIX)) {
    const cluster = join(dataDirOf(folder), 'cluster')
    const file = readPostmasterFile(cluster)
    if (file && isServing(cluster, file)) await stopPostmaster(cluster, file.pid, platformBinaries())
    await removeTestFolder(folder)
  }
}
