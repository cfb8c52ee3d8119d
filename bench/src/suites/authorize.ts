import { join } from 'node:path'
import { type Generator, startGenerator } from '../load/start-generator.ts'
import type { Cores } from '../machine/cores.ts'
import { cpuSeconds } from '../machine/process-figures.ts'
import { median, medianAndRange } from '../machine/statistics.ts'
import { table } from '../machine/table.ts'
import type { BenchOptions } from '../options.ts'
import { openStage, type Stage } from '../stage/open-stage.ts'
import { type SpawnedServer, spawnServer } from '../stage/spawn-server.ts'
import { startTollkeeper } from '../stage/start-tollkeeper.ts'

interface Measured {
  perSecond: number
  /** Microseconds of the server's CPU for each answer; null where the system does not tell. */
  cpuMicros: number | null
  /** Of one core, by the server and by the generator. */
  serverBusy: number | null
  generatorBusy: number | null
  p50: number
  p99: number
  allowed: number
}

const AMOUNT = 1
const servers = join(import.meta.dirname, '../servers')

/**
 * `authorize` over REST on one hot tenant, durable, without request ids, against a bare server that echoes JSON and against one
 * row update per request. Rounds go A B C A B C, so that what the machine does otherwise falls on all alike.
 */
export async function authorizeSuite(options: BenchOptions, cores: Cores): Promise<void> {
  await using stage = await openStage()
  await using generator = startGenerator()
  await using bare = await spawnServer({
    name: 'bare node:http',
    file: join(servers, 'bare-echo.ts'),
    port: 4741,
    readyPath: '/',
    cores,
  })
  await using ours = await startTollkeeper(stage, 4742, cores)
  await using rowUpdate = await spawnServer({
    name: 'one row update per request',
    file: join(servers, 'one-update-per-request.ts'),
    port: 4743,
    environment: { DATABASE_URL: stage.databaseUrl },
    readyPath: '/healthz',
    cores,
  })
  const compared = [bare, ours, rowUpdate]
  for (const server of compared) await measure(generator, server, stage, options.connections, 1)
  const before = await stage.consumed()
  const results = new Map(compared.map((server) => [server.name, [] as Measured[]]))
  for (let round = 0; round < options.rounds; round++) {
    for (const server of compared)
      results.get(server.name)!.push(await measure(generator, server, stage, options.connections, options.seconds))
  }
  report(compared, results, options, cores)
  await checkCounting(stage, results, before)
}

async function measure(
  generator: Generator,
  server: SpawnedServer,
  stage: Stage,
  connections: number,
  seconds: number,
): Promise<Measured> {
  const cpu = () => [cpuSeconds(server.pid), cpuSeconds(generator.pid)] as const
  const [serverBefore, generatorBefore] = cpu()
  const answer = await generator.run({
    port: server.port,
    path: '/api/v1/authorize',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${stage.secret}` },
    body: JSON.stringify({ feature: 'characters', amount: AMOUNT }),
    connections,
    seconds,
  })
  const [serverAfter, generatorAfter] = cpu()
  if (answer.failures > 0) throw new Error(`${server.name} answered ${answer.failures} requests with a failure.`)
  const serverCpu = serverBefore === null || serverAfter === null ? null : serverAfter - serverBefore
  const generatorCpu = generatorBefore === null || generatorAfter === null ? null : generatorAfter - generatorBefore
  return {
    perSecond: answer.answers / answer.seconds,
    cpuMicros: serverCpu === null ? null : (serverCpu * 1e6) / answer.answers,
    serverBusy: serverCpu === null ? null : serverCpu / answer.seconds,
    generatorBusy: generatorCpu === null ? null : generatorCpu / answer.seconds,
    p50: answer.p50,
    p99: answer.p99,
    allowed: answer.allowed,
  }
}

function report(
  compared: SpawnedServer[],
  results: Map<string, Measured[]>,
  { rounds, seconds, connections }: BenchOptions,
  cores: Cores,
): void {
  const [bare, ours, rowUpdate] = compared.map(({ name }) => results.get(name)!) as [Measured[], Measured[], Measured[]]
  const text = (values: (number | null)[], digits: number) => {
    const known = values.filter((value) => value !== null)
    return known.length === 0 ? '–' : median(known).toFixed(digits)
  }
  const ratio = (over: Measured[], under: Measured[], of: (one: Measured) => number | null) =>
    medianAndRange(over.flatMap((one, round) => (of(one) && of(under[round]!) ? [of(one)! / of(under[round]!)!] : [])))
  console.log(
    `\nauthorize: one hot tenant, durable, ${connections} connections, ${rounds} rounds × ${seconds} s, ${cores.pinned ? 'pinned cores' : 'cores not pinned'}`,
  )
  console.log(
    table([
      ['server', 'requests/s', 'CPU µs/request', 'server busy', 'load busy', 'p50 ms', 'p99 ms'],
      ...compared.map(({ name }) => {
        const all = results.get(name)!
        return [
          name,
          text(
            all.map(({ perSecond }) => perSecond),
            0,
          ),
          text(
            all.map(({ cpuMicros }) => cpuMicros),
            1,
          ),
          text(
            all.map(({ serverBusy }) => serverBusy),
            2,
          ),
          text(
            all.map(({ generatorBusy }) => generatorBusy),
            2,
          ),
          text(
            all.map(({ p50 }) => p50),
            1,
          ),
          text(
            all.map(({ p99 }) => p99),
            1,
          ),
        ]
      }),
    ]),
  )
  console.log()
  console.log(
    table([
      ['ratio', 'median [range]', 'goal'],
      ['authorize ÷ bare, requests', ratio(ours, bare, ({ perSecond }) => perSecond), '≥ 0.40'],
      ['bare ÷ authorize, CPU per request', ratio(bare, ours, ({ cpuMicros }) => cpuMicros), ''],
      ['authorize ÷ one row update, requests', ratio(ours, rowUpdate, ({ perSecond }) => perSecond), '≥ 5.00'],
      ['one row update ÷ authorize, CPU per request', ratio(rowUpdate, ours, ({ cpuMicros }) => cpuMicros), ''],
    ]),
  )
}

/** What the clients were told against what the database counted: it may hold more only by what was under way when a round ended. */
async function checkCounting(stage: Stage, results: Map<string, Measured[]>, before: number): Promise<void> {
  const told = [...results.values()].flat().reduce((sum, { allowed }) => sum + allowed * AMOUNT, 0)
  const counted = (await stage.consumed()) - before
  if (counted < told) throw new Error(`Clients were told of ${told} units, but ${counted} are counted.`)
  console.log(`\n  Clients were told of ${told} units; ${counted} are counted.`)
}
