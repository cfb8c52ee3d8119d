import { chmod, cp, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { canRead } from './can-enter.ts'
import { fileStats } from './file-stats.ts'
import { abandonedFolders, makeOwnedFolder } from './owned-folder.ts'
import { binariesIn, type PlatformBinaries } from './platform-binaries.ts'
import { privateTempFolder } from './private-temp-folder.ts'
import type { ServerUser } from './server-user.ts'

/**
 * Binaries the server's account can run. A checkout under root's home (0700) is closed to every other account, so there
 * the 60 MB installation is copied once per version to a folder of root's in /var/tmp.
 */
export async function runnableBinaries(binaries: PlatformBinaries, user: ServerUser | undefined): Promise<PlatformBinaries> {
  if (!user || (await isReadable(binaries, user))) return binaries
  const shelf = await privateTempFolder('tollkeeper-postgres')
  const target = join(shelf, `${process.arch}-${binaries.version}`)
  if (!(await fileStats(target))) await copyTo(target, binaries.root, shelf)
  return binariesIn(target, binaries.version)
}

async function isReadable({ root, postgres, initdb }: PlatformBinaries, user: ServerUser): Promise<boolean> {
  const samples = [postgres, initdb, join(root, 'share', 'postgresql', 'postgres.bki'), join(root, 'share', 'postgres.bki')]
  for (const file of samples) {
    if ((await fileStats(file)) && !(await canRead(user, file))) return false
  }
  return true
}

async function copyTo(target: string, source: string, shelf: string): Promise<void> {
  for (const left of await abandonedFolders(shelf, 'copying')) await rm(left, { recursive: true, force: true })
  const draft = await makeOwnedFolder(shelf, 'copying', 0o755)
  try {
    await cp(source, draft, { recursive: true, verbatimSymlinks: true })
    await openToAll(draft)
    await rename(draft, target)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    // Another start has just put the same copy there: that one serves as well.
    if (!(await fileStats(target))) throw error
  }
}

/** Readable for everyone, and runnable where it was runnable: a strict umask at install time must not outlive the copy. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToAll(path)
    else if (entry.isFile()) await chmod(path, ((await stat(path)).mode & 0o100) === 0 ? 0o644 : 0o755)
  }
}
