import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createTollkeeper, type FailurePolicy, memoryQueue } from '@tollkeeper/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Customer, newCustomer, used } from './support/new-customer.ts'
import { startOfflineApp } from './support/offline-app.ts'
import { type Server, startServer } from './support/start-server.ts'

let server: Server
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tollkeeper-outage-'))
  server = await startServer()
}, 90_000)
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const lease: FailurePolicy = { kind: 'lease', units: 100, expiresIn: 600 }
const open: FailurePolicy = { kind: 'open', cap: 30, perSeconds: 3_600 }

/** The real server, behind a way that can be cut. */
function start(customer: Customer, policy: FailurePolicy) {
  const way = { isCut: false }
  const through: typeof fetch = async (input, init) => {
    if (way.isCut) throw new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) })
    return fetch(input, init)
  }
  const offline = { queue: memoryQueue(), patienceMs: 5_000, policies: { characters: policy } }
  return { way, client: createTollkeeper({ url: server.url, apiKey: customer.apiKey, fetch: through, offline }) }
}

async function until(holds: () => unknown): Promise<void> {
  for (const deadline = Date.now() + 30_000; !(await holds()); await pause(50))
    if (Date.now() > deadline) throw new Error('It did not come to that in time')
}

test('a real lease is verified, used without the server, never beyond its units, and what is left comes back', async () => {
  const customer = await newCustomer(server.url, 'daggoo')
  const { way, client } = start(customer, lease)
  await until(() => client.offline!.state().leases.characters)
  way.isCut = true
  const asked = Array.from({ length: 15 }, () => client.authorize({ feature: 'characters', amount: 10 }))
  const fates = await Promise.allSettled(asked)
  const passed = fates.flatMap((fate) => (fate.status === 'fulfilled' ? [fate.value] : []))
  expect(passed).toHaveLength(10)
  expect(passed.every(({ letThrough }) => letThrough?.by === 'lease')).toBe(true)
  await expect(client.authorize({ feature: 'characters', amount: 10 })).rejects.toMatchObject({
    heldBack: 'lease_used_up',
    message: expect.stringContaining('used up or too old'),
  })
  way.isCut = false
  await until(async () => (await used(server.url, customer, 'characters')) === 100)
  await until(() => client.offline!.state().leases.characters?.used === 0)
  await client.close()
  expect(client.offline!.state().leases).toEqual({})
  const { features } = await createTollkeeper({ url: server.url, apiKey: customer.apiKey }).usage()
  expect(features.find(({ feature }) => feature === 'characters')).toMatchObject({ used: 100, remaining: 900 })
})

test('closed refuses with what to do; open lets through up to its cap, refuses then, and is counted once when the server is back', async () => {
  const customer = await newCustomer(server.url, 'fedallah')
  const shut = start(customer, { kind: 'closed' })
  const ajar = start(customer, open)
  for (const { client } of [shut, ajar]) await client.offline!.ready()
  await until(() => ajar.client.offline!.state().policies.characters)
  shut.way.isCut = ajar.way.isCut = true
  await expect(shut.client.authorize({ feature: 'characters' }, { timeoutMs: 500 })).rejects.toMatchObject({
    heldBack: 'closed',
    message: expect.stringContaining('Check that it runs'),
  })
  for (let one = 0; one < 3; one++)
    expect(await ajar.client.authorize({ feature: 'characters', amount: 10 }, { timeoutMs: 500 })).toMatchObject({
      letThrough: { by: 'open' },
    })
  await expect(ajar.client.authorize({ feature: 'characters' })).rejects.toMatchObject({ heldBack: 'cap_reached' })
  expect(await used(server.url, customer, 'characters')).toBe(0)
  ajar.way.isCut = false
  await until(async () => (await used(server.url, customer, 'characters')) === 30)
  await ajar.client.offline!.report()
  expect(ajar.client.offline!.state().queued.events).toBe(0)
  expect(await used(server.url, customer, 'characters')).toBe(30)
  await Promise.all([shut.client.close(), ajar.client.close()])
})

test('an app killed with usage in its file and with a lease goes on after a restart, and all of it is counted exactly once', async () => {
  const customer = await newCustomer(server.url, 'stubb')
  const file = join(folder, 'stubb.queue')
  const policies = { characters: lease, api_calls: open }
  const first = startOfflineApp({ url: server.url, apiKey: customer.apiKey, file, policies })
  expect(await first.do('leased', 'characters')).toBe(true)
  await first.do('cut')
  for (let one = 0; one < 6; one++) expect(await first.do('authorize', 'characters', 10)).toMatchObject({ by: 'lease' })
  for (let one = 0; one < 5; one++) expect(await first.do('authorize', 'api_calls', 2)).toMatchObject({ by: 'open' })
  await first.kill()

  const second = startOfflineApp({ url: server.url, apiKey: customer.apiKey, file, policies, isCut: true })
  for (let one = 0; one < 4; one++) expect(await second.do('authorize', 'characters', 10)).toMatchObject({ by: 'lease' })
  expect(await second.do('authorize', 'characters', 10), 'the lease knows what was used before').toMatchObject({
    heldBack: 'lease_used_up',
  })
  expect(await second.do('queued')).toBe(5)
  await second.kill()

  const third = startOfflineApp({ url: server.url, apiKey: customer.apiKey, file, policies })
  await until(async () => (await used(server.url, customer, 'characters')) === 100)
  await until(async () => (await used(server.url, customer, 'api_calls')) === 10)
  expect(await third.do('queued')).toBe(0)
  await third.do('close')
  await third.kill()
  const after = { characters: await used(server.url, customer, 'characters'), calls: await used(server.url, customer, 'api_calls') }
  expect(after).toEqual({ characters: 100, calls: 10 })
})
