import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isTagAlive, processTag } from '../host/process-tag.ts'

/** One use of the server, from start to stop. */
export type Holder = {
  /** True when no other living use of the server is known. */
  isAlone(): boolean
  /** Gives up this use. */
  release(): void
}

let count = 0

/**
 * Notes in the home folder that this process uses the server, so that of two programs on one database the first to end
 * does not take it from the other: the last one out stops it. Notes of dead processes do not count.
 */
export function holdServer(home: string): Holder {
  const folder = join(home, 'holders')
  const own = `${processTag()}.${++count}`
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  writeFileSync(join(folder, own), '', { flag: 'wx' })
  return {
    isAlone: () => livingNotes(folder).every((note) => note === own),
    release: () => rmSync(join(folder, own), { force: true }),
  }
}

function livingNotes(folder: string): string[] {
  // Somebody may have deleted the whole data folder under a running server.
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((note) => {
    if (isTagAlive(note.split('.')[0] ?? '')) return true
    rmSync(join(folder, note), { force: true })
    return false
  })
}
