import { ConfigurationError, readConfig } from './config/config.ts'
import { fillDemo } from './demo/fill-demo.ts'
import { giveBackMemory } from './give-back-memory.ts'
import { greeting } from './greeting.ts'
import { startServer } from './start-server.ts'

const startedAt = performance.now()

try {
  const config = readConfig(process.env)
  const server = await startServer(config, { progress })
  stopWith(server.close)
  const demo = process.argv.includes('--demo')
  if (demo) await fillDemo(server, progress)
  giveBackMemory()
  process.stdout.write(greeting(server, config, { milliseconds: Math.round(performance.now() - startedAt), demo }))
} catch (error) {
  process.stderr.write(
    error instanceof ConfigurationError ? `${error.message}\n` : `Tollkeeper could not start.\n${describe(error)}\n`,
  )
  process.exitCode = 1
}

function progress(step: string): void {
  process.stderr.write(`\u001b[2m▸ ${step}\u001b[0m\n`)
}

/** A signal stops the server in good order; a second one while it stops is for those who cannot wait. */
function stopWith(close: () => Promise<void>): void {
  let stopping = false
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1)
    stopping = true
    process.stderr.write(`\nStopping (${signal}); what was answered is kept.\n`)
    try {
      await close()
      process.exit(0)
    } catch (error) {
      process.stderr.write(`It did not stop in good order.\n${describe(error)}\n`)
      process.exit(1)
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return process.env.TOLLKEEPER_LOG_LEVEL === 'debug' ? (error.stack ?? error.message) : error.message
}
