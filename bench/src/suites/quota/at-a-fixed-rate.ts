import { median, medianAndRange } from '../../machine/statistics.ts'
import { commitMillis } from './commit-millis.ts'
import { type Finding, interleave, measureRound } from './measure.ts'
import { authorizeOrder, type Play } from './play.ts'

const PER_SECOND = 3_000
const CONNECTIONS = 64

/** Latency at a rate that waits for nobody, against a bare server's and a commit of the same database. */
export async function atAFixedRate(play: Play): Promise<Finding[]> {
  const { generator, ours, bare, options, stage } = play
  const order = { ...authorizeOrder(play), connections: CONNECTIONS, perSecond: PER_SECOND }
  const leased = { ...order, body: authorizeOrder(play, { leased: true }).body }
  const [bareRounds = [], oursRounds = [], leasedRounds = []] = await interleave(
    [
      { name: 'bare', round: () => measureRound(generator, bare, order) },
      { name: 'authorize', round: () => measureRound(generator, ours, order) },
      { name: 'authorize, leased', round: () => measureRound(generator, ours, leased) },
    ],
    options.rounds,
  )
  const commit = await commitMillis(stage.adminUrl, options.seconds)
  const beyond = oursRounds.map(({ p50 }, index) => p50 - bareRounds[index]!.p50)
  return [
    {
      what: `p50 beyond bare's, ms, at ${PER_SECOND} requests/s`,
      measured: medianAndRange(beyond),
      goal: `≤ ${(3 * commit.millis).toFixed(2)} (3 commits by ${commit.by})`,
    },
    {
      what: `p99 leased ÷ bare, at ${PER_SECOND} requests/s`,
      measured: medianAndRange(leasedRounds.map(({ p99 }, index) => p99 / bareRounds[index]!.p99)),
      goal: '≤ 2',
    },
    {
      what: `p50 and p99, ms, bare → authorize → leased`,
      measured: [bareRounds, oursRounds, leasedRounds]
        .map((rounds) => `${median(rounds.map(({ p50 }) => p50)).toFixed(2)}/${median(rounds.map(({ p99 }) => p99)).toFixed(2)}`)
        .join(' → '),
      goal: '',
    },
  ]
}
