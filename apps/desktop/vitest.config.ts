import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: 'test/build-console.ts',
    pool: 'forks',
    silent: 'passed-only',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // the built main process is loaded by Node itself, as Electron would
    server: { deps: { external: [/\/out\/main\//] } },
  },
})
