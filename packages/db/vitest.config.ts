import { defineConfig } from 'vitest/config'

/** The tests of the server itself start servers of their own; all others share one, with a migrated template. */
export default defineConfig({
  test: {
    // Most of the time goes by waiting for servers, not computing.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'embedded',
          include: ['test/embedded/**/*.test.ts'],
          globalSetup: ['./test/embedded/support/seed.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'database',
          include: ['{src,test}/**/*.test.ts'],
          exclude: ['test/embedded/**', '**/node_modules/**'],
          globalSetup: ['./src/testing/global-setup.ts'],
          testTimeout: 15_000,
        },
      },
    ],
  },
})
