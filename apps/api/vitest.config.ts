import { defineConfig } from 'vitest/config'

/** Puts a module in another's place, so it needs modules of its own. */
const replacing = 'src/isolation-without-membership.test.ts'

const each = {
  globalSetup: ['@tollkeeper/db/testing/global-setup'],
  testTimeout: 30_000,
  hookTimeout: 30_000,
}

/** Loading the server takes as long as most files' tests do, so files run one after another in the modules that are loaded. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { ...each, name: 'server', include: ['src/**/*.test.ts'], exclude: [replacing], isolate: false } },
      { test: { ...each, name: 'replaced', include: [replacing] } },
    ],
  },
})
