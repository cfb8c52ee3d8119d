import { cpus } from 'node:os'
import { divideCores } from './machine/cores.ts'
import { readOptions } from './options.ts'
import { authSuite } from './suites/auth.ts'
import { authorizeSuite } from './suites/authorize.ts'
import { exactnessSuite } from './suites/exactness.ts'
import { memorySuite } from './suites/memory.ts'
import { noticeSuite } from './suites/notice.ts'
import { quotaSuite } from './suites/quota/index.ts'
import { startSuite } from './suites/start.ts'

const suites = {
  authorize: authorizeSuite,
  auth: authSuite,
  notice: noticeSuite,
  start: startSuite,
  memory: memorySuite,
  exactness: exactnessSuite,
  quota: quotaSuite,
}

// whatever was started ends with this process
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130))

try {
  const options = readOptions(process.argv.slice(2), Object.keys(suites))
  const cores = divideCores()
  console.log(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}. Absolute figures are this machine's; compare the ratios.`,
  )
  for (const [name, suite] of Object.entries(suites)) if (options.suites.includes(name)) await suite(options, cores)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
