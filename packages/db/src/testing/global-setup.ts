import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../embedded/index.ts'
import { migrate } from '../migrate.ts'
import type {} from './provided-test-server.ts'
import { buildTemplate, dropTemplate } from './template-database.ts'
import { dataDirOf, makeTestFolder, removeTestFolder, testSettings } from './test-folder.ts'

/**
 * Vitest's global set-up: one PostgreSQL for the whole run, with a migrated template for `createTestDatabase`. It is the
 * server TEST_DATABASE_URL names (a login that may create databases and roles), else an embedded one in a temporary folder.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL
  const server = given ? { url: () => given, stop: async () => undefined } : await startTemporaryServer()
  const adminUrl = server.url()
  try {
    const template = await buildTemplate(adminUrl, migrate)
    project.provide('tollkeeperTestServer', { adminUrl, template })
    return async () => {
      if (given) await dropTemplate(adminUrl, template)
      await server.stop()
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function startTemporaryServer() {
  const folder = await makeTestFolder()
  const server = await startEmbeddedPostgres({ dataDir: dataDirOf(folder), durable: false, settings: testSettings })
  return {
    url: () => server.url(),
    stop: async () => {
      await server.stop()
      await removeTestFolder(folder)
    },
  }
}
