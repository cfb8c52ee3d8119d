import { defineConfig } from 'vitest/config'

// Every test talks to real servers; on a busy machine the default of five seconds is too short.
export default defineConfig({ test: { testTimeout: 20_000 } })
