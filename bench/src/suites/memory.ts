import { setTimeout as sleep } from 'node:timers/promises'
import { startGenerator } from '../load/start-generator.ts'
import type { Cores } from '../machine/cores.ts'
import { residentMiB } from '../machine/process-figures.ts'
import { table } from '../machine/table.ts'
import type { BenchOptions } from '../options.ts'
import { openStage } from '../stage/open-stage.ts'
import { startTollkeeper } from '../stage/start-tollkeeper.ts'

const DECISIONS = 1_000_000
const SETTLE_MS = 3_000

/** Resident memory of the server: idle after its start, and after a million decisions. */
export async function memorySuite({ connections }: BenchOptions, cores: Cores): Promise<void> {
  await using stage = await openStage()
  await using generator = startGenerator()
  await using server = await startTollkeeper(stage, 4744, cores)
  await sleep(SETTLE_MS)
  const idle = residentMiB(server.pid)
  const answer = await generator.run({
    port: server.port,
    path: '/api/v1/authorize',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${stage.secret}` },
    body: JSON.stringify({ feature: 'characters' }),
    connections,
    seconds: 600,
    mostRequests: DECISIONS,
  })
  const busy = residentMiB(server.pid)
  await sleep(SETTLE_MS)
  const text = (mebibytes: number | null) => (mebibytes === null ? '–' : `${mebibytes.toFixed(0)} MiB`)
  console.log(`\nmemory: resident, of the server's process`)
  console.log(
    table([
      ['when', 'resident'],
      ['idle, after the start', text(idle)],
      [`right after ${answer.answers.toLocaleString('en')} decisions`, text(busy)],
      [`${SETTLE_MS / 1000} s later`, text(residentMiB(server.pid))],
    ]),
  )
}
