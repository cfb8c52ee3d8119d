import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { readConfig } from '../../../apps/api/src/config/config.ts'
import { createLogger } from '../../../apps/api/src/kernel/logger.ts'
import { createVerifiedPerson } from '../../../apps/api/src/modules/auth/index.ts'
import { startServer } from '../../../apps/api/src/start-server.ts'
import { callerOf } from '../../../apps/api/src/testing/call.ts'
import { startGenerator } from '../load/start-generator.ts'
import type { Cores } from '../machine/cores.ts'
import { cpuSeconds } from '../machine/process-figures.ts'
import { median, medianAndRange } from '../machine/statistics.ts'
import { table } from '../machine/table.ts'
import type { BenchOptions } from '../options.ts'
import { openStage, type Stage } from '../stage/open-stage.ts'
import { type SpawnedServer, spawnServer } from '../stage/spawn-server.ts'
import { measureSignIns } from './sign-ins.ts'

const URL_OF_ALL = 'http://127.0.0.1:4750'
const kinds = ['better-auth', 'cookie', 'token'] as const
type Kind = (typeof kinds)[number]
const names: Record<Kind, string> = { 'better-auth': 'better-auth getSession', cookie: 'session cookie', token: 'access token' }
/** Connections of the load; more only wait, as one check takes microseconds. */
const CONNECTIONS = 64

interface Round {
  /** Over HTTP. */
  perSecond: number
  cpuMicros: number | null
  /** In a loop without HTTP. */
  checksPerSecond: number
  checkMicros: number | null
}

/**
 * How fast it is known whose request it is, against better-auth's own `getSession` over the same PostgreSQL, tables and session; and
 * what fifty people who sign in at once do to everybody else.
 */
export async function authSuite(options: BenchOptions, cores: Cores): Promise<void> {
  await using stage = await openStage()
  const environment = environmentOf(stage)
  const credentials = await makeCredentials(environment)
  await compareChecks(options, cores, { ...environment, ...credentials })
  await measureSignIns(options, cores, environment)
}

function environmentOf({ databaseUrl, dataDir }: Stage): Record<string, string> {
  return {
    NODE_ENV: 'development',
    PORT: '0',
    DATABASE_URL: databaseUrl,
    TOLLKEEPER_URL: URL_OF_ALL,
    TOLLKEEPER_DATA_DIR: join(dataDir, 'server'),
    TOLLKEEPER_SECRET: randomBytes(48).toString('base64'),
    TOLLKEEPER_TRUSTED_PROXIES: '127.0.0.1',
  }
}

/** One person's cookie and access token, which every server of this suite accepts. */
async function makeCredentials(environment: Record<string, string>): Promise<Record<string, string>> {
  await using maker = await startServer(readConfig(environment), { background: false, logger: createLogger('error') })
  const person = { email: 'bench@example.com', password: 'a person of the bench', name: 'Bench' }
  await createVerifiedPerson(maker.services, person)
  const call = callerOf(maker.url, { origin: URL_OF_ALL })
  const login = { email: person.email, password: person.password }
  const { headers } = await call('POST', '//trpc/auth.signIn', login)
  const cookie = headers.getSetCookie()[0]!.split(';')[0]!
  const { accessToken } = (await call('POST', '/auth/login', login)).body as { accessToken: string }
  return { CHECK_COOKIE: cookie, CHECK_TOKEN: accessToken }
}

async function compareChecks(options: BenchOptions, cores: Cores, environment: Record<string, string>): Promise<void> {
  await using parts = new AsyncDisposableStack()
  const generator = parts.use(startGenerator())
  const servers = new Map<Kind, SpawnedServer>()
  for (const [index, kind] of kinds.entries()) {
    const port = 4751 + index
    servers.set(
      kind,
      parts.use(
        await spawnServer({
          name: names[kind],
          file: join(import.meta.dirname, '../servers/session-check.ts'),
          port,
          environment: { ...environment, PORT: String(port + 10), CHECK_KIND: kind, CHECK_PORT: String(port) },
          readyPath: '/',
          cores,
        }),
      ),
    )
  }
  const measure = async ({ port, pid, name }: SpawnedServer, seconds: number): Promise<Round> => {
    const before = cpuSeconds(pid)
    const order = { port, path: '/', headers: {}, body: '', connections: CONNECTIONS, seconds }
    const { answers, failures, seconds: took } = await generator.run(order)
    if (failures > 0) throw new Error(`${name} answered ${failures} requests with a failure.`)
    const between = cpuSeconds(pid)
    const looped = (await (await fetch(`http://127.0.0.1:${port}/loop?seconds=${seconds}`)).json()) as {
      checks: number
      seconds: number
    }
    const after = cpuSeconds(pid)
    return {
      perSecond: answers / took,
      cpuMicros: before === null || between === null ? null : ((between - before) * 1e6) / answers,
      checksPerSecond: looped.checks / looped.seconds,
      checkMicros: between === null || after === null ? null : ((after - between) * 1e6) / looped.checks,
    }
  }
  for (const server of servers.values()) await measure(server, 1)
  const results = new Map<Kind, Round[]>(kinds.map((kind) => [kind, []]))
  for (let round = 0; round < options.rounds; round++)
    for (const [kind, server] of servers) results.get(kind)!.push(await measure(server, options.seconds))
  report(results, options, cores)
}

function report(results: Map<Kind, Round[]>, { rounds, seconds }: BenchOptions, cores: Cores): void {
  const text = (values: (number | null)[], digits: number) => {
    const known = values.filter((value) => value !== null)
    return known.length === 0 ? '–' : median(known).toFixed(digits)
  }
  console.log(
    `\nauth: who is it, one session, ${rounds} rounds × ${seconds} s each way, ${cores.pinned ? 'pinned cores' : 'cores not pinned'}`,
  )
  console.log(
    table([
      ['check', 'requests/s over HTTP', 'CPU µs/request', 'checks/s in a loop', 'CPU µs/check'],
      ...kinds.map((kind) => {
        const all = results.get(kind)!
        return [
          names[kind],
          text(
            all.map(({ perSecond }) => perSecond),
            0,
          ),
          text(
            all.map(({ cpuMicros }) => cpuMicros),
            1,
          ),
          text(
            all.map(({ checksPerSecond }) => checksPerSecond),
            0,
          ),
          text(
            all.map(({ checkMicros }) => checkMicros),
            2,
          ),
        ]
      }),
    ]),
  )
  const theirs = results.get('better-auth')!
  const ratio = (kind: Kind, of: (round: Round) => number) =>
    medianAndRange(
      results.get(kind)!.map((ours, round) => of(ours) / of(theirs[round]!)),
      1,
    )
  const perRequest = (kind: Kind) =>
    medianAndRange(
      results.get(kind)!.flatMap(({ cpuMicros }, round) => {
        const other = theirs[round]!.cpuMicros
        return cpuMicros && other ? [other / cpuMicros] : []
      }),
      1,
    )
  console.log()
  console.log(
    table([
      ['ratio to better-auth getSession', 'median [range]', 'goal'],
      ['session cookie, checks', ratio('cookie', ({ checksPerSecond }) => checksPerSecond), '≥ 10'],
      ['access token, checks', ratio('token', ({ checksPerSecond }) => checksPerSecond), '≥ 10'],
      ['session cookie, CPU per request over HTTP', perRequest('cookie'), ''],
      ['access token, CPU per request over HTTP', perRequest('token'), ''],
      ['session cookie, requests over HTTP', ratio('cookie', ({ perSecond }) => perSecond), ''],
      ['access token, requests over HTTP', ratio('token', ({ perSecond }) => perSecond), ''],
    ]),
  )
}
