import { cpu, type Finding, interleave, measureRound, type Order, ratio, requests } from './measure.ts'
import { authorizeOrder, type Play, startPeer } from './play.ts'

/** `authorize` as `@trpc/client` sends it, on our route and through the stock adapter over the same decision. */
export async function onTheTrpcWire(play: Play): Promise<Finding[]> {
  const { generator, ours, bare, options } = play
  await using stock = await startPeer(play, 'stock tRPC adapter', 'stock-trpc.ts', 4746)
  const rest = authorizeOrder(play)
  const wire: Order = { ...rest, path: '/trpc/quota.authorize?batch=1', body: `{"0":${rest.body}}` }
  const [bareRounds = [], wireRounds = [], stockRounds = []] = await interleave(
    [
      { name: 'bare', round: () => measureRound(generator, bare, rest) },
      { name: 'our route', round: () => measureRound(generator, ours, wire) },
      { name: 'stock adapter', round: () => measureRound(generator, stock, wire) },
    ],
    options.rounds,
  )
  return [
    { what: 'tRPC wire, durable, ÷ bare, requests', measured: ratio(wireRounds, bareRounds, requests), goal: '≥ 0.70 leased' },
    { what: 'tRPC wire ÷ stock adapter, requests', measured: ratio(wireRounds, stockRounds, requests), goal: '≥ 4' },
    { what: 'stock adapter ÷ tRPC wire, CPU per request', measured: ratio(stockRounds, wireRounds, cpu), goal: '≥ 4' },
  ]
}
