import { cpu, type Finding, interleave, measureRound, type Order, ratio, requests } from './measure.ts'
import { authorizeOrder, type Play, startPeer } from './play.ts'

/** `authorize` as `@trpc/client` sends it, on our route and through the stock adapter over the same decision. */
export async function onTheTrpcWire(play: Play): Promise<Finding[]> {
  const { generator, ours, bare, options } = play
  await using stock = await startPeer(play, 'stock tRPC adapter', 'stock-trpc.ts', 4746)
  const rest = authorizeOrder(play)
  const onTheWire = (order: Order): Order => ({ ...order, path: '/trpc/quota.authorize?batch=1', body: `{"0":${order.body}}` })
  const durable = onTheWire(rest)
  const leased = onTheWire(authorizeOrder(play, { leased: true }))
  const [bareRounds = [], durableRounds = [], leasedRounds = [], stockRounds = []] = await interleave(
    [
      { name: 'bare', round: () => measureRound(generator, bare, rest) },
      { name: 'our route', round: () => measureRound(generator, ours, durable) },
      { name: 'our route, leased', round: () => measureRound(generator, ours, leased) },
      { name: 'stock adapter', round: () => measureRound(generator, stock, durable) },
    ],
    options.rounds,
  )
  return [
    { what: 'tRPC wire, leased, ÷ bare, requests', measured: ratio(leasedRounds, bareRounds, requests), goal: '≥ 0.70' },
    { what: 'bare ÷ tRPC wire, leased, CPU per request', measured: ratio(bareRounds, leasedRounds, cpu), goal: '' },
    { what: 'tRPC wire, leased, ÷ stock adapter, requests', measured: ratio(leasedRounds, stockRounds, requests), goal: '≥ 4' },
    { what: 'stock adapter ÷ tRPC wire, leased, CPU per request', measured: ratio(stockRounds, leasedRounds, cpu), goal: '' },
    { what: 'tRPC wire, durable, ÷ bare, requests', measured: ratio(durableRounds, bareRounds, requests), goal: '' },
    { what: 'tRPC wire, durable, ÷ stock adapter, requests', measured: ratio(durableRounds, stockRounds, requests), goal: '' },
  ]
}
