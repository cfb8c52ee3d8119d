import { cpu, type Finding, interleave, measureRound, type Order, ratio, requests } from './measure.ts'
import { authorizeOrder, type Play, startPeer } from './play.ts'

/** As many as the peers are given in their own measurements; more only makes them slower. */
const CONNECTIONS = 64

/** The same question put to what people use today, on the same PostgreSQL, over HTTP. */
export async function againstPeers(play: Play): Promise<Finding[]> {
  const { generator, ours, options } = play
  await using betterAuth = await startPeer(play, 'better-auth', 'better-auth.ts', 4747)
  await using limiter = await startPeer(play, 'rate-limiter-flexible', 'rate-limiter.ts', 4748)
  const { keys, cookie } = (await (await fetch(`http://127.0.0.1:${betterAuth.port}/keys`)).json()) as {
    keys: string[]
    cookie: string
  }
  const ask: Order = { ...authorizeOrder(play), connections: CONNECTIONS }
  const empty: Order = { ...ask, headers: {}, body: '' }
  const [oursRounds = [], verifyRounds = [], sessionRounds = [], limiterRounds = []] = await interleave(
    [
      { name: 'authorize', round: () => measureRound(generator, ours, ask) },
      { name: 'verifyApiKey', round: () => measureRound(generator, betterAuth, { ...empty, path: '/verify', secrets: keys }) },
      { name: 'getSession', round: () => measureRound(generator, betterAuth, { ...empty, path: '/session', headers: { cookie } }) },
      { name: 'rate-limiter-flexible', round: () => measureRound(generator, limiter, { ...empty, path: '/' }) },
    ],
    options.rounds,
  )
  return [
    {
      what: 'authorize ÷ better-auth verifyApiKey, remaining, 500 keys, requests',
      measured: ratio(oursRounds, verifyRounds, requests),
      goal: '≥ 30',
    },
    { what: 'the same, CPU per request the other way round', measured: ratio(verifyRounds, oursRounds, cpu), goal: '' },
    { what: 'authorize ÷ better-auth getSession, requests', measured: ratio(oursRounds, sessionRounds, requests), goal: '≥ 25' },
    { what: 'the same, CPU per request the other way round', measured: ratio(sessionRounds, oursRounds, cpu), goal: '' },
    {
      what: 'authorize ÷ rate-limiter-flexible, one key, requests',
      measured: ratio(oursRounds, limiterRounds, requests),
      goal: '≥ 12',
    },
    { what: 'the same, CPU per request the other way round', measured: ratio(limiterRounds, oursRounds, cpu), goal: '' },
  ]
}
