import { setTimeout as sleep } from 'node:timers/promises'
import type { Decision } from '@tollkeeper/shared'
import type { Ask, Demand } from './demand.ts'
import type { Place } from './open-balances.ts'
import type { Told } from './told.ts'
import { authorizeRequest, Wire, WireBroken } from './wire.ts'

/** What all clients of a run share. */
export interface Run {
  places: readonly Place[]
  ports: readonly number[]
  demand: Demand
  told: Told
  /** Requests with an id that were not answered; they are sent again until they are. */
  unanswered: Ask[]
  /** Requests whose end no client heard of, by what was heard instead. */
  unknown: Map<string, number>
  /** Answers that a client cannot understand. */
  unexpected: string[]
  /** Whether clients still make new requests. */
  goesOn(): boolean
}

const PATIENCE_MS = 3_000
const MOVE_AFTER = 50
/** After a request that was not answered; the longer, the more of them came one after another. */
const REST_MS = 20
const MOST_REST_MS = 500
const MOST_UNEXPECTED = 20

/** Asks one request after another, at one server for a while and then at the next, until the run is over and every id is answered. */
export async function runClient(run: Run, name: number): Promise<void> {
  let place = name % run.ports.length
  let wire = new Wire(run.ports[place]!, PATIENCE_MS)
  let asked = 0
  let failures = 0
  const move = () => {
    wire.close()
    place = (place + 1) % run.ports.length
    wire = new Wire(run.ports[place]!, PATIENCE_MS)
    asked = 0
  }
  while (run.unexpected.length < MOST_UNEXPECTED) {
    const ask = nextOf(run)
    if (!ask) break
    if (asked++ === MOVE_AFTER) move()
    if (await askOnce(run, wire, ask)) {
      failures = 0
      continue
    }
    if (ask.requestId !== null) run.unanswered.push(ask)
    move()
    await sleep(Math.min(MOST_REST_MS, REST_MS * ++failures))
  }
  wire.close()
}

function nextOf({ demand, unanswered, goesOn }: Run): Ask | undefined {
  return goesOn() ? ((Math.random() < 0.05 ? unanswered.shift() : undefined) ?? demand.next()) : unanswered.shift()
}

/** @returns whether it was answered */
async function askOnce({ places, told, unknown, unexpected }: Run, wire: Wire, ask: Ask): Promise<boolean> {
  const { place, amount, requestId } = ask
  const { secret, feature } = places[place]!
  try {
    const request = authorizeRequest(secret, { feature, amount, ...(requestId === null ? {} : { requestId }) })
    const { status, body } = await wire.ask(request)
    if (status === 200) told.note(ask, body as Decision)
    else if (status === 503) count(unknown, `503 ${(body as { code: string }).code}`)
    else unexpected.push(`${status} ${JSON.stringify(body)}`)
    return status === 200
  } catch (error) {
    if (!(error instanceof WireBroken)) throw error
    count(unknown, error.message.replace(/:\d+$/, ''))
    return false
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
