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

/** More by OUTAGE_RUNS. */
const RUNS = Number(process.env.OUTAGE_RUNS ?? 200)
const CAP = 50
const PER_SECONDS = 60
const feature = fc.constantFrom('free' as const, 'free' as const, 'paid' as const)
const amount = fc.integer({ min: 1, max: 20 })
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('way' as const), way: fc.constantFrom(...ways) }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('authorize' as const), feature, amount, ms: fc.constantFrom(0, 3, 700) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('again' as const), which: fc.nat(50) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('track' as const), feature, amount }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(0, 1, 40, 3_000, 20_000, 70_000) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('kill' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('disk' as const), isFull: fc.boolean() }) },
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

/** An app that is asked, killed and started again, and all that it was told. */
class App {
  readonly server = new ModelServer({
    paid: { limit: 300, policy: { kind: 'closed' } },
    free: { limit: 300, policy: { kind: 'open', cap: CAP, perSeconds: PER_SECONDS } },
  })
  readonly disk = new TestDisk()
  readonly asked: { requestId: string; feature: 'paid' | 'free'; amount: number }[] = []
  readonly told: { requestId: string; answer: AuthorizeAnswer }[] = []
  readonly tracked = new Set<string>()
  #end: () => void = () => undefined
  client!: Tollkeeper

  start(): void {
    this.#end()
    const link = this.server.connect()
    const queue = this.disk.mount()
    this.client = createTollkeeper({
      url: 'http://tollkeeper.test',
      apiKey: 'tk_one',
      fetch: link.fetch,
      timeoutMs: 3_000,
      offline: { queue, patienceMs: 500 },
    })
    const { client } = this
    this.#end = () => {
      queue.end()
      link.end()
      void client.close()
    }
  }

  ask(request: { requestId: string; feature: 'paid' | 'free'; amount: number }): void {
    const { told } = this
    this.client.authorize(request).then(
      (answer) => told.push({ requestId: request.requestId, answer }),
      (error) => expect(['TollkeeperUnreachable', 'TollkeeperError', 'QueueUnavailable']).toContain(error.name),
    )
  }

  async perform(one: Step): Promise<void> {
    if (one.kind === 'way') this.server.become(one.way)
    if (one.kind === 'authorize') {
      const request = { requestId: `request-${this.asked.length}`, feature: one.feature, amount: one.amount }
      this.asked.push(request)
      this.ask(request)
    }
    if (one.kind === 'again' && this.asked.length > 0) this.ask(this.asked[one.which % this.asked.length]!)
    if (one.kind === 'track') {
      const { tracked } = this
      const id = `event-${tracked.size}-${this.asked.length}-${performance.now()}`
      this.client.track({ id, feature: one.feature, amount: one.amount }).then(
        () => tracked.add(id),
        (error) => expect(['TollkeeperUnreachable', 'TollkeeperError', 'QueueUnavailable']).toContain(error.name),
      )
    }
    if (one.kind === 'kill') this.start()
    if (one.kind === 'disk') this.disk.isFull = one.isFull
    await vi.advanceTimersByTimeAsync('ms' in one ? one.ms : 0)
  }

  /** Everything works again, and time goes by. */
  async recover(): Promise<void> {
    this.disk.isFull = false
    this.server.become('up')
    await vi.advanceTimersByTimeAsync(700_000)
  }
}

test('whatever happens to the way, the program and the disk: nothing that passed is lost or counted twice, caps hold, closed stays closed', async () => {
  let passed = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 80, size: 'max' }), async (steps) => {
      const app = new App()
      app.start()
      await vi.advanceTimersByTimeAsync(10)
      for (const one of steps) await app.perform(one)
      await app.recover()

      expect(app.client.offline!.state().queued.events, 'all is reported without being asked for').toBe(0)
      for (const [id, times] of app.server.effects) expect(times, `${id} is counted once`).toBe(1)
      for (const { requestId, answer } of app.told) {
        if (answer.allowed) expect(app.server.effects.get(requestId), `${requestId} passed, so it is counted`).toBe(1)
      }
      for (const id of app.tracked) expect(app.server.effects.get(id), `${id} was taken, so it is counted`).toBe(1)
      const known = new Set([...app.asked.map(({ requestId }) => requestId)])
      for (const id of app.server.effects.keys()) expect(known.has(id) || id.startsWith('event-'), `${id} was asked for`).toBe(true)

      const through = app.told.filter(({ answer }) => answer.letThrough)
      expect(through.every(({ answer }) => answer.feature === 'free')).toBe(true)
      const spent = [...new Map(through.map(({ answer }) => [answer.decisionId, answer])).values()]
      for (const { letThrough: first } of spent) {
        const from = Date.parse(first!.at)
        const isWithin = (at: number) => at >= from && at - from < PER_SECONDS * 1000
        const units = spent.reduce((sum, { amount, letThrough }) => (isWithin(Date.parse(letThrough!.at)) ? sum + amount : sum), 0)
        expect(units, 'no more than the cap in any window').toBeLessThanOrEqual(CAP)
      }
      passed += spent.length
      const closed = app.client.close()
      await vi.advanceTimersByTimeAsync(1_000)
      await closed
    }),
    { numRuns: RUNS },
  )
  expect(passed, 'the schedules do let something through').toBeGreaterThan(2 * RUNS)
}, 120_000)
