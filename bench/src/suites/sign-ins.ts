import { resolve } from 'node:path'
import { readConfig } from '../../../apps/api/src/config/config.ts'
import { createLogger } from '../../../apps/api/src/kernel/logger.ts'
import { createVerifiedPerson } from '../../../apps/api/src/modules/auth/index.ts'
import { startServer } from '../../../apps/api/src/start-server.ts'
import { callerOf } from '../../../apps/api/src/testing/call.ts'
import type { Cores } from '../machine/cores.ts'
import { cpuSeconds } from '../machine/process-figures.ts'
import { median, medianAndRange } from '../machine/statistics.ts'
import { table } from '../machine/table.ts'
import type { BenchOptions } from '../options.ts'
import { type SpawnedServer, spawnServer } from '../stage/spawn-server.ts'

const PEOPLE = 50
const PORT = 4750
const person = (index: number) => ({ email: `p${index}@example.com`, password: `person ${index} of the bench`, name: `P ${index}` })

interface Wave {
  signInsPerSecond: number
  cpuMillis: number | null
  /** Milliseconds the event loop was late, at the 99th percentile. */
  loopDelay: number
  /** Of another route meanwhile, at the 99th percentile. */
  otherRoute: number
}

/** Fifty people sign in at once, wave after wave: how many come in a second, and how late the event loop is for everybody else. */
export async function measureSignIns(options: BenchOptions, cores: Cores, environment: Record<string, string>): Promise<void> {
  {
    await using maker = await startServer(readConfig(environment), { background: false, logger: createLogger('error') })
    for (let index = 0; index < PEOPLE; index++) await createVerifiedPerson(maker.services, person(index))
  }
  await using server = await spawnServer({
    name: 'tollkeeper',
    file: resolve(import.meta.dirname, '../../../apps/api/src/main.ts'),
    port: PORT,
    environment: { ...environment, PORT: String(PORT) },
    readyPath: '/readyz',
    cores,
  })
  const quiet: number[] = []
  for (let round = 0; round < options.rounds; round++) quiet.push(await otherRouteWhile(server, delay(1_000)))
  const waves: Wave[] = []
  for (let round = 0; round < options.rounds; round++) waves.push(await wave(server))
  console.log(
    `\nauth: ${PEOPLE} sign-ins at once, ${options.rounds} waves, ${cores.pinned ? 'the server on one core' : 'cores not pinned'}`,
  )
  const of = (value: (wave: Wave) => number, digits: number) => medianAndRange(waves.map(value), digits)
  console.log(
    table([
      ['what', 'median [range]', 'goal'],
      ['sign-ins a second', of(({ signInsPerSecond }) => signInsPerSecond, 1), ''],
      ['CPU ms a sign-in', waves[0]!.cpuMillis === null ? '–' : of(({ cpuMillis }) => cpuMillis!, 1), ''],
      ['event loop delay, p99 ms', of(({ loopDelay }) => loopDelay, 1), '≤ 50'],
      ['another route meanwhile, p99 ms', of(({ otherRoute }) => otherRoute, 1), ''],
      ['the same route in quiet, p99 ms', median(quiet).toFixed(1), ''],
    ]),
  )
}

async function wave(server: SpawnedServer): Promise<Wave> {
  // reading the metrics begins the next interval of the loop's histogram
  await loopDelayOf(server)
  const cpuBefore = cpuSeconds(server.pid)
  const startedAt = performance.now()
  const all = Promise.all(Array.from({ length: PEOPLE }, (_, index) => signIn(server, index)))
  const otherRoute = await otherRouteWhile(server, all)
  const seconds = (performance.now() - startedAt) / 1000
  const cpuAfter = cpuSeconds(server.pid)
  return {
    signInsPerSecond: PEOPLE / seconds,
    cpuMillis: cpuBefore === null || cpuAfter === null ? null : ((cpuAfter - cpuBefore) * 1000) / PEOPLE,
    loopDelay: await loopDelayOf(server),
    otherRoute,
  }
}

async function signIn({ port }: SpawnedServer, index: number): Promise<void> {
  const { email, password } = person(index)
  const call = callerOf(`http://127.0.0.1:${port}`, { 'x-forwarded-for': `10.7.0.${index}` })
  const { status, body } = await call('POST', '/auth/login', { email, password })
  if (status !== 200) throw new Error(`A sign-in was answered with ${status}: ${JSON.stringify(body)}`)
}

/** The 99th percentile of one route, asked again and again until something else is over. */
async function otherRouteWhile({ port }: SpawnedServer, over: Promise<unknown>): Promise<number> {
  let going = true
  const ended = over.finally(() => {
    going = false
  })
  const times: number[] = []
  while (going) {
    const askedAt = performance.now()
    await (await fetch(`http://127.0.0.1:${port}/healthz`)).text()
    times.push(performance.now() - askedAt)
  }
  await ended
  times.sort((one, other) => one - other)
  return times[Math.floor(times.length * 0.99)] ?? 0
}

async function loopDelayOf({ port }: SpawnedServer): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  return Number(/^tollkeeper_nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(metrics)?.[1]) * 1000
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
