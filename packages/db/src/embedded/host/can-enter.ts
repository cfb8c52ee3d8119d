import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ServerUser } from './server-user.ts'

const EXECUTE = 1
const READ = 4

/** True when the account may pass through every folder down to `path`, which must be an absolute real path of a folder. */
export async function canEnter(user: ServerUser, path: string): Promise<boolean> {
  if (!may(user, await stat(path), EXECUTE)) return false
  const parent = dirname(path)
  return parent === path || canEnter(user, parent)
}

/** True when the account may read the file (and everything above it lets it through). */
export async function canRead(user: ServerUser, file: string): Promise<boolean> {
  return may(user, await stat(file), READ) && canEnter(user, dirname(file))
}

/** The permission bits alone: a process that leaves root keeps none of root's groups. */
function may(user: ServerUser, { mode, uid, gid }: Stats, wanted: number): boolean {
  if (uid === user.uid) return (mode & (wanted << 6)) !== 0
  if (gid === user.gid) return (mode & (wanted << 3)) !== 0
  return (mode & wanted) !== 0
}
