import { createInterface } from 'node:readline'
import { createTollkeeper } from '../../src/index.ts'
import { queueFile } from '../../src/node/index.ts'

const [url, apiKey, file] = process.argv.slice(2) as [string, string, string]
const tollkeeper = createTollkeeper({
  url,
  apiKey,
  timeoutMs: 5_000,
  offline: {
    queue: queueFile(file),
    patienceMs: 1_000,
    policies: { characters: { kind: 'open', cap: 100_000, perSeconds: 3_600 } },
  },
})

const calls: Record<string, (input: never) => unknown> = {
  authorize: (input) => tollkeeper.authorize(input),
  track: (input) => tollkeeper.track(input),
  report: () => tollkeeper.offline!.report().then(() => ({})),
  ready: () => tollkeeper.offline!.ready().then(() => ({})),
  state: () => {
    const { queued, reachable, rejected, fault, policies } = tollkeeper.offline!.state()
    return { queued, reachable, rejected, fault: fault?.message ?? null, policies }
  },
}

createInterface(process.stdin).on('line', async (line) => {
  const { call, with: input } = JSON.parse(line)
  const answer = await Promise.resolve(calls[call]!(input as never)).catch((error) => ({
    error: error.name,
    message: error.message,
    fault: error.fault ?? null,
    heldBack: error.heldBack ?? null,
  }))
  process.stdout.write(`${JSON.stringify(answer)}\n`)
})
