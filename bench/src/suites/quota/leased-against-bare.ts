import { cpu, type Finding, interleave, measureRound, ratio, requests } from './measure.ts'
import { authorizeOrder, type Play } from './play.ts'

const CONNECTIONS = 64

/** `authorize` out of units that the node took ahead, on one hot tenant, against a bare server. */
export async function leasedAgainstBare(play: Play): Promise<Finding[]> {
  const { generator, ours, bare, options } = play
  const order = { ...authorizeOrder(play, { leased: true }), connections: CONNECTIONS }
  const [bareRounds = [], leasedRounds = []] = await interleave(
    [
      { name: 'bare', round: () => measureRound(generator, bare, order) },
      { name: 'authorize, leased', round: () => measureRound(generator, ours, order) },
    ],
    options.rounds,
  )
  return [
    {
      what: `authorize, leased, ÷ bare, requests, ${CONNECTIONS} connections`,
      measured: ratio(leasedRounds, bareRounds, requests),
      goal: '≥ 0.80',
    },
    { what: 'bare ÷ authorize, leased, CPU per request', measured: ratio(bareRounds, leasedRounds, cpu), goal: '' },
  ]
}
