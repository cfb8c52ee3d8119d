import pg from 'pg'
import { openBalances } from '../../../../apps/api/src/testing/under-fire/open-balances.ts'
import { medianAndRange } from '../../machine/statistics.ts'
import { cpu, type Finding, interleave, measureRound, type Order, ratio, requests } from './measure.ts'
import { authorizeOrder, type Play } from './play.ts'

const QUOTAS = 1_000
const OUT_OF_REACH = 1_000_000_000_000

/** One quota that everybody wants against a thousand, and how many transactions a node makes of it. */
export async function hotAgainstSpread(play: Play): Promise<Finding[]> {
  const { generator, ours, options, stage } = play
  const places = await openBalances(
    stage.databaseUrl,
    Array.from({ length: QUOTAS }, () => OUT_OF_REACH),
  )
  const hot = authorizeOrder(play)
  const { authorization: _, ...headers } = hot.headers
  const spread: Order = { ...hot, headers, secrets: places.map(({ secret }) => secret) }
  await using transactions = await countTransactions(stage.adminUrl)
  const rates: number[] = []
  const counted = async (order: Order) => {
    const before = await transactions.read()
    const round = await measureRound(generator, ours, order)
    rates.push((await transactions.read()) - before)
    rates[rates.length - 1]! /= round.answers / round.perSecond
    return round
  }
  const [hotRounds = [], spreadRounds = []] = await interleave(
    [
      { name: 'hot', round: () => counted(hot) },
      { name: 'spread', round: () => counted(spread) },
    ],
    options.rounds,
  )
  return [
    { what: 'one hot quota ÷ 1,000 quotas, requests', measured: ratio(hotRounds, spreadRounds, requests), goal: '≥ 1.00' },
    { what: '1,000 quotas ÷ one hot, CPU per request', measured: ratio(spreadRounds, hotRounds, cpu), goal: '≤ 1.25' },
    { what: 'transactions/s of the node', measured: medianAndRange(rates.slice(2), 0), goal: '≤ 250' },
  ]
}

/** Transactions of the stage's database, as the server's statistics count them. */
async function countTransactions(adminUrl: string): Promise<AsyncDisposable & { read(): Promise<number> }> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  return {
    async read() {
      await client.query('select pg_stat_clear_snapshot()')
      const { rows } = await client.query<{ n: number }>(
        'select xact_commit::float8 as n from pg_stat_database where datname = current_database()',
      )
      return rows[0]!.n
    },
    [Symbol.asyncDispose]: () => client.end(),
  }
}
