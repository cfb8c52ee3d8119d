import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Snapshot } from './store.ts'

/** What is kept between runs. */
export interface Saved {
  version: 1
  secretKey: string
  /** How far the sandbox clock is ahead of the real one, in milliseconds. */
  clockAhead: number
  tables: Snapshot
}

/** Reads what a previous run left, or null if there was none. Throws if the file cannot be understood. */
export function readDataFile(path: string): Saved | null {
  if (!existsSync(path)) return null
  const saved = parse(path)
  if (saved?.version !== 1 || typeof saved.tables !== 'object') {
    throw new Error(`${path} was not written by this version of the sandbox. Move it away to begin with an empty one.`)
  }
  return saved
}

function parse(path: string): Saved {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Saved
  } catch (cause) {
    throw new Error(`${path} cannot be read as the sandbox's data. Move it away to begin with an empty one.`, { cause })
  }
}

/** Writes through a temporary file, so that a crash leaves the old state or the new one, never half of it. */
export function writeDataFile(path: string, saved: Saved): void {
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}.tmp`
  writeFileSync(temporary, JSON.stringify(saved), { mode: 0o600 })
  renameSync(temporary, path)
}
