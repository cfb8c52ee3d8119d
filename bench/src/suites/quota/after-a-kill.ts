import { setTimeout as sleep } from 'node:timers/promises'
import { median } from '../../machine/statistics.ts'
import { startTollkeeper } from '../../stage/start-tollkeeper.ts'
import type { Finding } from './measure.ts'
import { authorizeOrder, type Play } from './play.ts'

const KILL_AFTER_MS = 700

/** Ends a server under load as a crash does: what its clients had been told against what is counted, and how soon another answers. */
export async function afterAKill(play: Play): Promise<Finding[]> {
  const { stage, generator, options, cores, ours } = play
  const order = authorizeOrder(play)
  const lost: number[] = []
  const seconds: number[] = []
  for (let round = 0; round < options.rounds; round++) {
    const before = await stage.consumed()
    const doomed = await startTollkeeper(stage, 4750, cores)
    const running = generator.run({ ...order, port: doomed.port, seconds: 10, surviving: true })
    await sleep(KILL_AFTER_MS)
    process.kill(doomed.pid, 'SIGKILL')
    const killedAt = performance.now()
    const { allowed } = await running
    await generator.run({ ...order, port: ours.port, connections: 1, seconds: 5, mostRequests: 1 })
    seconds.push((performance.now() - killedAt) / 1_000)
    // the one that was asked of the other server is counted as well
    lost.push(Math.max(0, allowed + 1 - ((await stage.consumed()) - before)))
    await doomed[Symbol.asyncDispose]()
  }
  return [
    { what: 'units lost by a kill -9 of the node, most', measured: String(Math.max(...lost)), goal: '0' },
    { what: 'seconds until another node answers for its tenant, median', measured: median(seconds).toFixed(2), goal: '≤ 2' },
  ]
}
