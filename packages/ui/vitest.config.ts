import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // what most files take is loading modules, which they share
    isolate: false,
    env: { TZ: 'Asia/Shanghai' },
  },
})
