import { join } from 'node:path'
import { startGenerator } from '../../load/start-generator.ts'
import type { Cores } from '../../machine/cores.ts'
import { table } from '../../machine/table.ts'
import type { BenchOptions } from '../../options.ts'
import { openStage } from '../../stage/open-stage.ts'
import { spawnServer } from '../../stage/spawn-server.ts'
import { startTollkeeper } from '../../stage/start-tollkeeper.ts'
import { afterAKill } from './after-a-kill.ts'
import { againstBare } from './against-bare.ts'
import { againstPeers } from './against-peers.ts'
import { atAFixedRate } from './at-a-fixed-rate.ts'
import { growth } from './growth.ts'
import { hotAgainstSpread } from './hot-against-spread.ts'
import { leasedAgainstBare } from './leased-against-bare.ts'
import type { Finding } from './measure.ts'
import { onTheTrpcWire } from './on-the-trpc-wire.ts'
import type { Play } from './play.ts'
import { trackAgainstCopy } from './track-against-copy.ts'

/** The table, row by row; `--rows` takes some of them. Growth is last, as it leaves a million tenants behind. */
const rows: Record<string, (play: Play) => Promise<Finding[]>> = {
  bare: againstBare,
  leased: leasedAgainstBare,
  wire: onTheTrpcWire,
  rate: atAFixedRate,
  spread: hotAgainstSpread,
  peers: againstPeers,
  track: trackAgainstCopy,
  kill: afterAKill,
  growth,
}

/** The quota engine against what it is measured by: a bare server, the database's own speed, and what people use today. */
export async function quotaSuite(options: BenchOptions, cores: Cores): Promise<void> {
  const unknown = options.rows.filter((name) => !Object.hasOwn(rows, name))
  if (unknown.length > 0) throw new Error(`There is no row ${unknown.join(', ')}. Rows: ${Object.keys(rows).join(', ')}.`)
  await using stage = await openStage()
  await using generator = startGenerator()
  await using bare = await spawnServer({
    name: 'bare node:http',
    file: join(import.meta.dirname, '../../servers/bare-echo.ts'),
    port: 4741,
    readyPath: '/',
    cores,
  })
  await using ours = await startTollkeeper(stage, 4742, cores)
  const { rounds, seconds, connections } = options
  console.log(
    `\nquota: ${connections} connections where nothing else is said, ${rounds} rounds × ${seconds} s, ${cores.pinned ? 'pinned cores' : 'cores not pinned'}`,
  )
  for (const [name, measure] of Object.entries(rows)) {
    if (options.rows.length > 0 && !options.rows.includes(name)) continue
    const findings = await measure({ stage, generator, cores, options, ours, bare })
    console.log(table([[name, 'measured', 'goal'], ...findings.map(({ what, measured, goal }) => [what, measured, goal])]))
    console.log()
  }
}
