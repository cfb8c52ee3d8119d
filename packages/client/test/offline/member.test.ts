import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTollkeeper, type UsageEvent } from '../../src/index.ts'
import { ModelServer } from '../support/model-server.ts'
import { TestDisk } from '../support/test-disk.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

test('what passed for a member while the server was away is reported for that member', async () => {
  const server = new ModelServer({ free: { limit: 300, policy: { kind: 'open', cap: 50, perSeconds: 60 } } })
  const link = server.connect()
  const sent: UsageEvent[] = []
  const client = createTollkeeper({
    url: 'http://tollkeeper.test',
    apiKey: 'tk_one',
    fetch: (input, init) => {
      if (String(input).endsWith('/usage') && server.way === 'up') sent.push(...JSON.parse(String(init?.body)).events)
      return link.fetch(input, init)
    },
    offline: { queue: new TestDisk().mount(), patienceMs: 500 },
  })
  await vi.advanceTimersByTimeAsync(1_000)
  server.become('down')
  const passed = client.authorize({ feature: 'free', amount: 2, member: 'usr_ada' })
  const reported = client.track({ id: 'later', feature: 'free', amount: 3, member: 'usr_bob' })
  await vi.advanceTimersByTimeAsync(60_000)
  expect([(await passed).allowed, (await reported).queued]).toEqual([true, 1])
  server.become('up')
  await vi.advanceTimersByTimeAsync(400_000)
  await client.close()
  expect(sent.map(({ amount, member }) => [amount, member]).sort()).toEqual([
    [2, 'usr_ada'],
    [3, 'usr_bob'],
  ])
})
