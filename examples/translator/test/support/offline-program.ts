import { setTimeout as pause } from 'node:timers/promises'
import { createTollkeeper } from '@tollkeeper/client'
import { queueFile } from '@tollkeeper/client/node'

const { url, apiKey, file, policies, isCut = false } = JSON.parse(process.argv[2]!)
const way = { isCut }
const through: typeof fetch = async (input, init) => {
  if (way.isCut) throw new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) })
  return fetch(input, init)
}
const offline = { queue: queueFile(file), patienceMs: 1_000, policies }
const client = createTollkeeper({ url, apiKey, fetch: through, offline })
await client.offline!.ready()

const calls: Record<string, (...input: never[]) => unknown> = {
  cut: () => {
    way.isCut = true
    return true
  },
  leased: async (feature: string) => {
    while (!client.offline!.state().leases[feature]) await pause(20)
    return true
  },
  authorize: async (feature: string, amount: number) => (await client.authorize({ feature, amount })).letThrough ?? null,
  queued: () => client.offline!.state().queued.events,
  close: () => client.close().then(() => true),
}

process.on('message', async ({ call, input }: { call: string; input: never[] }) => {
  const answer = await Promise.resolve(calls[call]!(...input)).catch((error) => ({
    error: error.message,
    heldBack: error.heldBack,
  }))
  process.send!({ answer })
})
