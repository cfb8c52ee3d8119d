import type { Stats } from 'node:fs'
import { lstat } from 'node:fs/promises'

/** What lies at the path, or undefined when nothing does. Any other trouble is thrown. */
export async function fileStats(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
