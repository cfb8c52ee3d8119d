import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { inject } from 'vitest'
import { dataDirOf, makeTestFolder, removeTestFolder } from '../../../src/testing/test-folder.ts'
import type {} from './seed.ts'

/** A folder for a test's data that disappears with it; left behind with a running server, the next test run clears it. */
export type DataFolder = AsyncDisposable & {
  /** For `dataDir`. */ path: string /** PostgreSQL's own folder in it. */
  cluster: string
}

export async function dataFolder(): Promise<DataFolder> {
  const folder = await makeTestFolder()
  const path = dataDirOf(folder)
  return { path, cluster: join(path, 'cluster'), [Symbol.asyncDispose]: () => removeTestFolder(folder) }
}

/** One that holds a finished, stopped database already: a copy, which is much faster than making one. */
export async function seededFolder(): Promise<DataFolder> {
  const folder = await dataFolder()
  execFileSync('cp', ['-a', inject('seed'), folder.path])
  return folder
}
