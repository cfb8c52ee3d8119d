import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type AuthorizeAnswer, createTollkeeper, type Tollkeeper } from '../../src/index.ts'
import { ModelServer, ways } from '../support/model-server.ts'
import { TestDisk } from '../support/test-disk.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** More by LEASE_RUNS. */
const RUNS = Number(process.env.LEASE_RUNS ?? 60)
const UNITS = 30
const EXPIRES_IN = 60
const LIMIT = 400

const realTimeout = setTimeout

/** Lets time pass, and what is signed and verified outside of it. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
  for (let turn = 0; turn < 4; turn++) {
    // signatures are verified by threads, which take time of the real clock and not of the program's
    await new Promise((resolve) => realTimeout(resolve, 1))
    await vi.advanceTimersByTimeAsync(1)
  }
}

/** Until something holds, a second of the program's time after another. */
async function until(holds: () => boolean): Promise<void> {
  for (let second = 0; second < 300 && !holds(); second++) await pass(1_000)
  expect(holds()).toBe(true)
}

class App {
  readonly server = new ModelServer({ pages: { limit: LIMIT, policy: { kind: 'lease', units: UNITS, expiresIn: EXPIRES_IN } } })
  readonly disk = new TestDisk()
  readonly told: { answer: AuthorizeAnswer; elapsed: number }[] = []
  readonly asked: Promise<unknown>[] = []
  end: () => void = () => undefined
  client!: Tollkeeper

  start(): this {
    this.end()
    const link = this.server.connect()
    const queue = this.disk.mount()
    const offline = { queue, patienceMs: 500 }
    this.client = createTollkeeper({
      url: 'http://tollkeeper.test',
      apiKey: 'tk_one',
      fetch: link.fetch,
      timeoutMs: 3_000,
      offline,
    })
    const { client } = this
    this.end = () => {
      queue.end()
      link.end()
      void client.close()
    }
    return this
  }

  /** Closes it, while time passes. */
  async close(): Promise<void> {
    let isClosed = false
    const closing = this.client.close().finally(() => {
      isClosed = true
    })
    for (let second = 0; second < 60 && !isClosed; second++) await pass(1_000)
    await closing
  }

  get lease() {
    return this.client.offline!.state().leases.pages
  }

  ask(amount: number, requestId?: string): void {
    const elapsed = performance.now()
    const request = { feature: 'pages', amount, ...(requestId ? { requestId } : {}) }
    this.client.authorize(request).then(
      (answer) => this.told.push({ answer, elapsed }),
      (error) => expect(['TollkeeperUnreachable', 'TollkeeperError', 'QueueUnavailable']).toContain(error.name),
    )
  }

  /** Units that passed of each lease. */
  passed(): Map<string, number> {
    const passed = new Map<string, number>()
    for (const { answer } of this.told)
      if (answer.letThrough) passed.set(answer.decisionId, (passed.get(answer.decisionId) ?? 0) + answer.amount)
    return passed
  }
}

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('way' as const), way: fc.constantFrom(...ways) }) },
  {
    weight: 10,
    arbitrary: fc.record({ kind: fc.constant('ask' as const), amount: fc.integer({ min: 1, max: 12 }), named: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(0, 1, 5, 900, 6_000, 25_000, 70_000) }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'kill' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'close' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('disk' as const), isFull: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clock' as const), seconds: fc.constantFrom(-7_200, -20, 20, 7_200) }) },
)

test('over kills, restarts, lost answers, full disks and clocks that jump: never more passes than was leased, and what passed is settled', async () => {
  let throughLeases = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }), async (steps) => {
      const app = new App().start()
      await pass(10)
      let isKilled = false
      let isSetBack = false
      for (const [index, one] of steps.entries()) {
        if (one.kind === 'way') app.server.become(one.way)
        if (one.kind === 'ask') app.ask(one.amount, one.named ? `request-${index}` : undefined)
        if (one.kind === 'wait') await pass(one.ms)
        if (one.kind === 'kill') {
          isKilled = true
          app.start()
        }
        if (one.kind === 'close') {
          await app.close()
          app.start()
        }
        if (one.kind === 'disk') app.disk.isFull = one.isFull
        if (one.kind === 'clock') {
          isSetBack ||= one.seconds < 0
          vi.setSystemTime(Date.now() + one.seconds * 1000)
        }
      }
      app.disk.isFull = false
      app.server.become('up')
      await pass(200_000)
      await app.close()

      for (const [leaseId, units] of app.passed()) {
        throughLeases += units
        const lease = app.server.leases.get(leaseId)!
        expect(units, `${leaseId} gave no more than it had`).toBeLessThanOrEqual(lease.units)
        expect(lease.used, `${leaseId} was settled`).not.toBeNull()
        // what a killed program had written and could not answer any more is counted, too
        if (isKilled) expect(lease.used!, `all that passed of ${leaseId} is counted`).toBeGreaterThanOrEqual(units)
        else expect(lease.used, `what passed of ${leaseId} is counted once`).toBe(units)
      }
      if (!isSetBack)
        for (const { answer, elapsed } of app.told)
          if (answer.letThrough) expect(elapsed).toBeLessThanOrEqual(app.server.leases.get(answer.decisionId)!.endsAt)
      expect(app.server.used.get('pages') ?? 0).toBeLessThanOrEqual(LIMIT)
    }),
    { numRuns: RUNS },
  )
  expect(throughLeases, 'the schedules do use leases').toBeGreaterThan(RUNS)
}, 240_000)

test('without the server a lease lets through what it holds, over a restart, and not one more; then it says why', async () => {
  const app = new App().start()
  await until(() => app.lease !== undefined)
  app.server.become('down')
  for (let one = 0; one < 20; one++) app.ask(1)
  await pass(100)
  app.start()
  await pass(10)
  for (let one = 0; one < 20; one++) app.ask(1)
  await pass(5_000)
  expect(app.told).toHaveLength(UNITS)
  await expect(app.client.authorize({ feature: 'pages' })).rejects.toMatchObject({ heldBack: 'lease_used_up' })
  app.server.become('up')
  await until(() => [...app.server.leases.values()].some(({ used }) => used === UNITS))
  expect([...app.server.leases.values()].reduce((sum, { used }) => sum + (used ?? 0), 0)).toBe(UNITS)
})

test('a lease is renewed ahead while nobody asks, ends before it does at the server, and is given back when the client is closed', async () => {
  const app = new App().start()
  await until(() => app.server.leases.size >= 3)
  expect(app.lease, 'there is one at every moment').toBeDefined()
  app.ask(7)
  await pass(10)
  await app.close()
  const used = [...app.server.leases.values()].map((lease) => lease.used)
  expect(used).not.toContain(null)
  expect(app.server.used.get('pages'), 'only what was used is kept').toBe(7)
})

test('after it has expired nothing passes, also where the program was started anew and the clock set back', async () => {
  const app = new App().start()
  await until(() => app.lease !== undefined)
  app.server.become('down')
  await pass(EXPIRES_IN * 1000)
  await expect(app.client.authorize({ feature: 'pages' })).rejects.toMatchObject({ heldBack: 'lease_used_up' })
  vi.setSystemTime(Date.now() - 3_600_000)
  app.start()
  await pass(10)
  const answer = app.client.authorize({ feature: 'pages' })
  await Promise.all([expect(answer).rejects.toMatchObject({ name: 'TollkeeperUnreachable' }), pass(3_000)])
})

const stranger = generateKeyPairSync('ed25519').privateKey
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString())
test.each<[string, (server: ModelServer, token: string) => string]>([
  ['is signed by somebody else', (server, token) => server.sign(claimsOf(token), { key: stranger })],
  [
    'was changed after it was signed',
    (server, token) => {
      const [head, , signature] = token.split('.')
      const body = server.sign({ ...claimsOf(token), jti: 'lease-9' }).split('.')[1]
      return `${head}.${body}.${signature}`
    },
  ],
  [
    'is not signed',
    (server, token) =>
      `${server
        .sign(claimsOf(token), { head: { alg: 'none' } })
        .split('.')
        .slice(0, 2)
        .join('.')}.`,
  ],
  ['is of another tenant', (server, token) => server.sign({ ...claimsOf(token), sub: 'ten_two' })],
  ['is of another feature', (server, token) => server.sign({ ...claimsOf(token), feature: 'letters' })],
  ['has more units than were asked for', (server, token) => server.sign({ ...claimsOf(token), units: UNITS + 1 })],
  ['has expired', (server, token) => server.sign({ ...claimsOf(token), iat: 1, exp: 61 })],
  ['answered an earlier request', (server, token) => server.sign({ ...claimsOf(token), nonce: 'earlier' })],
  ['is an access token', (server, token) => server.sign(claimsOf(token), { head: { typ: 'JWT' } })],
  ['is no token', () => 'x.y'],
])('a lease that %s is refused, and nothing passes on it', async (_, tamper) => {
  const app = new App()
  app.server.tamper = (token) => tamper(app.server, token)
  app.start()
  await until(() => app.client.offline!.state().leaseError !== null)
  expect(app.lease).toBeUndefined()
  app.server.become('down')
  const answer = app.client.authorize({ feature: 'pages' })
  await Promise.all([expect(answer).rejects.toMatchObject({ name: 'TollkeeperUnreachable' }), pass(3_000)])
})
