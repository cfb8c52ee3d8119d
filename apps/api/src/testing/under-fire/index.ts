import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Breaches, compareBooks } from './books.ts'
import { type Run, runClient } from './client.ts'
import { Demand, expectedUnits } from './demand.ts'
import { FEATURES, openBalances } from './open-balances.ts'
import { type Program, type Servers, startServers } from './servers.ts'
import { Told } from './told.ts'

export interface FireOptions {
  database: FiredAtDatabase
  program: Program
  /** Balances that everybody wants, and balances that few want. */
  hot: number
  spread: number
  /** Answers the clients have to get at least. */
  answers: number
  clients: number
  /** By which chance requests are made. */
  seed: number
  say?: (text: string) => void
}

/** A migrated database whose server may be killed. */
export interface FiredAtDatabase {
  /** As the server's own login. */
  url: string
  /** As the superuser, who may end other sessions. */
  adminUrl: string
  /** kill -9 of the postmaster. */
  kill(): Promise<void>
  start(): Promise<void>
}

export interface FireReport extends Breaches {
  answers: number
  denials: number
  repeats: number
  /** Requests whose end no client heard of, by what was heard instead. */
  unknown: Record<string, number>
  unexpected: string[]
  faults: string[]
  seconds: number
}

/** Longer than a node waits for a commit, and than a client waits for a node. */
const SERVERS = 4
const PAUSE_MS = 7_000
/** Of what is wanted, so much is granted: the last units are fought for. */
const GRANTED = 0.7

interface Fault {
  name: string
  /** Begins when this share of the answers was given. */
  after: number
  happen(servers: Servers, database: FiredAtDatabase): Promise<unknown>
  /** Goes on while the next faults happen. */
  lasting?: boolean
}

const faults: readonly Fault[] = [
  { name: 'kill -9 of a server', after: 0.1, happen: (servers) => servers.kill(0) },
  {
    name: 'SIGSTOP of a server, past every time limit',
    after: 0.2,
    happen: (servers) => servers.pause(1, PAUSE_MS),
    lasting: true,
  },
  { name: 'kill -9 of a session of the database', after: 0.3, happen: (_, { adminUrl }) => killSession(adminUrl) },
  { name: 'kill -9 of the database', after: 0.4, happen: (_, database) => restartDatabase(database) },
  { name: 'kill -9 of two servers at once', after: 0.5, happen: (servers) => Promise.all([servers.kill(2), servers.kill(3)]) },
]

/**
 * Server processes on one database, clients that ask more of it than is granted, and faults. What counts is what the clients
 * were told; the database is only asked at the end whether it holds that.
 */
export async function fireAt(options: FireOptions): Promise<FireReport> {
  const { database, hot, spread, seed, answers, say = () => undefined } = options
  const startedAt = performance.now()
  await using folder = await temporaryFolder()
  const wanted = expectedUnits(answers, { hot, spread, seed })
  const limitOf = (place: number) => Math.max(1, Math.floor(GRANTED * (place < hot ? wanted.hot : wanted.spread)))
  say(`opening ${hot + spread} balances`)
  const places = await openBalances(
    database.url,
    Array.from({ length: hot + spread }, (_, place) => limitOf(place)),
    (place) => (place % 2 === 0 ? FEATURES.durable : FEATURES.leased),
  )
  await asSuperuser(database.adminUrl, (client) =>
    client.query('update feature set leased = true where key = $1', [FEATURES.leased]),
  )
  say('starting the servers')
  await using servers = await startServers(options.program, SERVERS, database.url, folder.path)
  const told = new Told(places.length)
  let faultsOver = false
  const run: Run = {
    places,
    ports: servers.ports,
    demand: new Demand({ hot, spread, seed }),
    told,
    unanswered: [],
    unknown: new Map(),
    unexpected: [],
    goesOn: () => !faultsOver || told.answers < answers,
  }
  const clients = Promise.all(Array.from({ length: options.clients }, (_, name) => runClient(run, name)))
  const lasting: Promise<unknown>[] = []
  for (const { name, after, happen, lasting: lasts } of faults) {
    while (told.answers < answers * after && run.unexpected.length === 0) await sleep(20)
    say(`${name} (after ${told.answers} answers)`)
    const happening = happen(servers, database)
    if (lasts) lasting.push(happening)
    else await happening
  }
  await Promise.all(lasting)
  faultsOver = true
  await clients
  await servers.stop()
  return {
    ...(await compareBooks(database.url, places, told)),
    answers: told.answers,
    denials: told.denials,
    repeats: told.repeats,
    unknown: Object.fromEntries(run.unknown),
    unexpected: run.unexpected,
    faults: faults.map(({ name }) => name),
    seconds: (performance.now() - startedAt) / 1_000,
  }
}

function killSession(adminUrl: string): Promise<void> {
  return asSuperuser(adminUrl, async (client) => {
    const { rows } = await client.query<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and application_name = 'tollkeeper system' and state = 'active'
       order by random() limit 1`,
    )
    // the postmaster takes it for a crash: every session ends, this one too, and what was committed is recovered
    if (rows[0]) process.kill(rows[0].pid, 'SIGKILL')
  })
}

async function asSuperuser(adminUrl: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function restartDatabase(database: FiredAtDatabase): Promise<void> {
  await database.kill()
  await database.start()
}

async function temporaryFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'tollkeeper-fire-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) }
}
