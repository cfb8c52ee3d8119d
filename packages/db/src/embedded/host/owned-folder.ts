import { randomBytes } from 'node:crypto'
import { chmod, lstat, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isTagAlive, processTag } from './process-tag.ts'

/** Makes `<parent>/<prefix>.<process tag>.<random>`: work in progress that can be told from work whose process died. */
export async function makeOwnedFolder(parent: string, prefix: string, mode: number): Promise<string> {
  const path = join(parent, `${prefix}.${processTag()}.${randomBytes(4).toString('hex')}`)
  await mkdir(path, { mode })
  // The umask may have taken bits away.
  await chmod(path, mode)
  return path
}

/** Folders of ours under `parent` whose process no longer runs. Those of other accounts are not ours to judge. */
export async function abandonedFolders(parent: string, prefix: string): Promise<string[]> {
  const abandoned: string[] = []
  for (const entry of await readdir(parent, { withFileTypes: true })) {
    const [name, tag, random] = entry.name.split('.')
    if (!entry.isDirectory() || name !== prefix || !tag || !random || isTagAlive(tag)) continue
    if (await isOurs(join(parent, entry.name))) abandoned.push(join(parent, entry.name))
  }
  return abandoned
}

async function isOurs(path: string): Promise<boolean> {
  try {
    return process.getuid === undefined || (await lstat(path)).uid === process.getuid()
  } catch (error) {
    // Somebody else cleaned up in the meantime.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
