import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { openQuotaNode } from '../../../../apps/api/src/modules/quota/testing/quota-node.ts'
import { track } from '../../../../apps/api/src/modules/quota/track.ts'
import { medianAndRange } from '../../machine/statistics.ts'
import type { Finding } from './measure.ts'
import type { Play } from './play.ts'

const EVENTS = 20_000
const BATCH = 1_000
const HTTP_BATCH = 100
const AT_ONCE = 4

interface Event {
  id: string
  feature: string
  amount: number
}

/** Events counted, each once and durably, against one COPY of the same rows into a table with a key. */
export async function trackAgainstCopy(play: Play): Promise<Finding[]> {
  const { stage, options } = play
  await using node = await openQuotaNode(stage.databaseUrl)
  const ctx = await node.tenant()
  await node.setLimit(ctx.tenantId, 'characters', null)
  await using copy = await openCopy(stage.adminUrl)
  const inProcess = (events: Event[]) => track(ctx, { events })
  const overHttp = (events: Event[]) => post(play, events)
  const rates: Record<'copy' | 'one' | 'four' | 'again' | 'http', number[]> = { copy: [], one: [], four: [], again: [], http: [] }
  for (let round = 0; round <= options.rounds; round++) {
    const [first, second, third] = [makeEvents(), makeEvents(), makeEvents()]
    const measured = {
      copy: await perSecond(() => copy(makeEvents())),
      one: await perSecond(() => inBatches(first, BATCH, 1, inProcess)),
      four: await perSecond(() => inBatches(second, BATCH, AT_ONCE, inProcess)),
      again: await perSecond(() => inBatches(first, BATCH, 1, inProcess)),
      http: await perSecond(() => inBatches(third, HTTP_BATCH, AT_ONCE, overHttp)),
    }
    // the first round warms up
    if (round > 0) for (const name of Object.keys(rates) as (keyof typeof rates)[]) rates[name].push(measured[name])
  }
  const over = (above: number[], below: number[]) => medianAndRange(above.map((rate, round) => rate / below[round]!))
  return [
    { what: 'track in process, 1 at a time, ÷ COPY, rows', measured: over(rates.one, rates.copy), goal: '≥ 0.40' },
    { what: `track in process, ${AT_ONCE} at a time, ÷ COPY, rows`, measured: over(rates.four, rates.copy), goal: '≥ 0.55' },
    { what: `track over HTTP by ${HTTP_BATCH} ÷ COPY, rows`, measured: over(rates.http, rates.copy), goal: '≥ 0.25' },
    { what: 'duplicates ÷ fresh, rows', measured: over(rates.again, rates.one), goal: '≥ 1' },
  ]
}

function makeEvents(): Event[] {
  return Array.from({ length: EVENTS }, () => ({ id: randomUUID(), feature: 'characters', amount: 1 }))
}

async function perSecond(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now()
  await work()
  return EVENTS / ((performance.now() - since) / 1_000)
}

async function inBatches(events: Event[], size: number, atOnce: number, send: (batch: Event[]) => Promise<unknown>): Promise<void> {
  let next = 0
  const sendAll = async () => {
    while (next < events.length) {
      const batch = events.slice(next, next + size)
      next += size
      await send(batch)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, sendAll))
}

async function post({ ours, stage }: Play, events: Event[]): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${ours.port}/api/v1/usage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${stage.secret}` },
    body: JSON.stringify({ events }),
  })
  const { counted } = (await answer.json()) as { counted: number }
  if (counted !== events.length) throw new Error(`Of ${events.length} events ${counted} were counted (${answer.status}).`)
}

async function openCopy(adminUrl: string): Promise<((events: Event[]) => Promise<void>) & AsyncDisposable> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  await client.query(
    'create table if not exists bench_event (id text primary key, feature_key text not null, amount int8 not null, at timestamptz not null)',
  )
  const copy = async (events: Event[]) => {
    const at = new Date().toISOString()
    const rows = Readable.from(events.map(({ id, feature, amount }) => `${id}\t${feature}\t${amount}\t${at}\n`))
    await pipeline(rows, client.query(copyFrom('copy bench_event from stdin')))
  }
  return Object.assign(copy, { [Symbol.asyncDispose]: () => client.end() })
}
