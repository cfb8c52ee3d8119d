import { ensureServerLogin, migrate } from '@tollkeeper/db'
import { type FireReport, fireAt } from '../../../apps/api/src/testing/under-fire/index.ts'
import { startDisposablePostgres } from '../../../packages/db/src/testing/start-disposable-postgres.ts'
import { table } from '../machine/table.ts'
import type { BenchOptions } from '../options.ts'

const HOT = 4
const SPREAD = 1_000

/**
 * Four whole servers on one durable database, a million answers over balances that everybody wants and balances that few want,
 * kill -9 and SIGSTOP of servers, crashes of the database: what the clients were told against what was granted and what is kept.
 */
export async function exactnessSuite({ answers, connections: clients, seed }: BenchOptions): Promise<void> {
  await using postgres = await startDisposablePostgres({ durable: true, databases: ['tollkeeper'] })
  const adminUrl = postgres.url('tollkeeper')
  const url = await ensureServerLogin(adminUrl)
  await migrate(url)
  const database = { url, adminUrl, kill: () => postgres.kill(), start: () => postgres.start() }
  console.log(`\nexactness: ${answers} answers, ${clients} clients, ${HOT} hot and ${SPREAD} spread balances, seed ${seed}`)
  const say = (text: string) => console.log(`  ▸ ${text}`)
  const report = await fireAt({ database, program: 'server', hot: HOT, spread: SPREAD, answers, clients, seed, say })
  console.log(table(rowsOf(report)))
  for (const example of [...report.examples, ...report.unexpected]) console.log(`  ${example}`)
  const { overGranted, lost, differing, unbalanced, unexpected } = report
  if (overGranted + lost + differing + unbalanced + unexpected.length > 0)
    throw new Error('The books do not hold what the clients were told.')
}

function rowsOf({ overGranted, lost, differing, unbalanced, ...course }: FireReport): string[][] {
  return [
    ['what', 'count', 'goal'],
    ['units granted over a limit', String(overGranted), '0'],
    ['acknowledged, then lost', String(lost), '0'],
    ['ids answered in two ways', String(differing), '0'],
    ['balances that are not the sum of their ledger', String(unbalanced), '0'],
    ['units killed servers had taken ahead, which stay charged', String(course.forfeited), ''],
    ['answers', String(course.answers), '≥ 1000000'],
    ['of them refused', String(course.denials), ''],
    ['of them to an id that was answered before', String(course.repeats), ''],
    ...Object.entries(course.unknown).map(([heard, times]) => [`no answer: ${heard}`, String(times), '']),
    ['answers/s', (course.answers / course.seconds).toFixed(0), ''],
  ]
}
