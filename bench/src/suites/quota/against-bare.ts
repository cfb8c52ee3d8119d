import { cpu, type Finding, interleave, measureRound, ratio, requests } from './measure.ts'
import { authorizeOrder, type Play } from './play.ts'

/** `authorize` on one hot tenant against a bare server, without request ids and with one each. */
export async function againstBare(play: Play): Promise<Finding[]> {
  const { generator, ours, bare, options } = play
  const plain = authorizeOrder(play)
  const named = authorizeOrder(play, { named: true })
  const [bareRounds, plainRounds, namedRounds] = (await interleave(
    [
      { name: 'bare', round: () => measureRound(generator, bare, plain) },
      { name: 'authorize', round: () => measureRound(generator, ours, plain) },
      { name: 'authorize with an id', round: () => measureRound(generator, ours, named) },
    ],
    options.rounds,
  )) as [
    Awaited<ReturnType<typeof measureRound>>[],
    Awaited<ReturnType<typeof measureRound>>[],
    Awaited<ReturnType<typeof measureRound>>[],
  ]
  return [
    { what: 'authorize, durable, ÷ bare, requests', measured: ratio(plainRounds, bareRounds, requests), goal: '≥ 0.65' },
    { what: 'bare ÷ authorize, CPU per request', measured: ratio(bareRounds, plainRounds, cpu), goal: '≥ 0.70' },
    { what: 'with a request id each ÷ bare, requests', measured: ratio(namedRounds, bareRounds, requests), goal: '≥ 0.45' },
    { what: 'bare ÷ with a request id each, CPU per request', measured: ratio(bareRounds, namedRounds, cpu), goal: '≥ 0.55' },
  ]
}
