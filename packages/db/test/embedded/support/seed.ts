import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../../../src/embedded/index.ts'
import { dataDirOf, makeTestFolder, removeTestFolder } from '../../../src/testing/test-folder.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A data folder with a finished, stopped database, to be copied. */
    seed: string
  }
}

/** Global set-up of the supervisor's own tests: makes one database that `seededFolder` copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await makeTestFolder()
  const server = await startEmbeddedPostgres({ dataDir: dataDirOf(folder), durable: false })
  await server.stop()
  project.provide('seed', dataDirOf(folder))
  return () => removeTestFolder(folder)
}
