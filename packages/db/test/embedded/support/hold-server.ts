// A program of its own that uses an embedded server: node hold-server.ts '<options as JSON>'. It says what it got on one line
// of JSON, then does as told on stdin: "stop" in good order, "exit" without stopping.
import { createInterface } from 'node:readline'
import { startEmbeddedPostgres } from '../../../src/embedded/index.ts'

const { umask, ...options } = JSON.parse(process.argv[2] ?? '{}')
if (umask !== undefined) process.umask(umask)
try {
  const server = await startEmbeddedPostgres(options)
  console.log(JSON.stringify({ url: server.url(), port: server.port, pid: server.pid, adopted: server.adopted }))
  createInterface(process.stdin).on('line', async (order) => {
    if (order === 'stop') await server.stop()
    process.exit(0)
  })
} catch (error) {
  console.log(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }))
  process.exitCode = 1
}
