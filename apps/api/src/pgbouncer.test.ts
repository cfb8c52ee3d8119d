import { setTimeout as sleep } from 'node:timers/promises'
import { createTestDatabase } from '@tollkeeper/db/testing'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import type { Answer } from './testing/call.ts'
import { eventually } from './testing/eventually.ts'
import { callerOf, startTestApp } from './testing/index.ts'
import { pgbouncerPath, startPgbouncer } from './testing/start-pgbouncer.ts'

if (pgbouncerPath) describe('behind PgBouncer in transaction mode', behindPgbouncer)
else test.skip('behind PgBouncer: none was found; install it, or name it in PGBOUNCER_PATH', () => undefined)

/** What a session of somebody else sees of the connections that everybody uses. */
const TRACES = `select current_user = session_user as "ownRole", coalesce(current_setting('app.tenant', true), '') as tenant,
  current_setting('statement_timeout') as "timeout", (select count(*)::int from pg_prepared_statements) as prepared,
  (select count(*)::int from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) as locks`
const noTraces = { ownRole: true, tenant: '', timeout: '0', prepared: 0, locks: 0 }

function behindPgbouncer() {
  test('an empty database is migrated, two nodes count exactly, a revoked key is refused by both, and nothing is left on a connection', async () => {
    await using database = await createTestDatabase({ empty: true })
    await using pooler = await startPgbouncer(database.url)
    await using app = await startTestApp({ background: true, environment: { DATABASE_URL: `${pooler.url}?pgbouncer=true` } })
    const second = await app.secondNode()
    const owner = await app.person()
    const key = await app.key(owner)
    const there = callerOf(second.url, { authorization: `Bearer ${key.secret}` })
    const ask = (call: typeof there, requestId?: string) =>
      call('POST', '/authorize', { feature: 'characters', amount: 5, ...(requestId ? { requestId } : {}) })

    const bystanders = await lookOnDuring(pooler.url, async () => {
      const answers = await Promise.all(
        Array.from({ length: 240 }, (_, index) => untilAnswered(() => ask(index % 2 ? key.call : there, `r${index}`))),
      )
      expect(answers.filter(({ body }) => (body as { allowed: boolean }).allowed)).toHaveLength(200)
    })
    expect(bystanders.filter((seen) => JSON.stringify(seen) !== JSON.stringify(noTraces))).toEqual([])
    expect(bystanders.length).toBeGreaterThan(5)

    const [one, other] = [await ask(key.call, 'same'), await ask(there, 'same')]
    expect(other.body).toEqual(one.body)
    expect((await owner.call('GET', '/api-keys')).body).toMatchObject({ rows: [{ id: key.id }] })
    expect((await owner.call('POST', '/subscriptions', { plan: 'starter' })).status).toBe(200)

    await owner.call('DELETE', `/api-keys/${key.id}`)
    expect((await ask(key.call)).status).toBe(401)
    await eventually(
      () => ask(there),
      ({ status }) => status === 401,
    )
  }, 300_000)

  test('a server that is not told of the pooler does not start, and says what to write', async () => {
    await using database = await createTestDatabase()
    await using pooler = await startPgbouncer(database.url)
    await expect(startTestApp({ environment: { DATABASE_URL: pooler.url } })).rejects.toThrow(/pgbouncer=true/)
  }, 180_000)
}

/** A server that has no time says so, and the same id can be sent again. */
async function untilAnswered(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const answer = await ask()
    if (answer.status === 200) return answer
    expect(answer).toMatchObject({ status: 503 })
    await sleep(100)
  }
}

/** Sessions beside the server's, on the same few connections, that look about while it works. */
async function lookOnDuring(url: string, work: () => Promise<void>): Promise<object[]> {
  const seen: object[] = []
  let over = false
  const look = async () => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      while (!over) seen.push((await client.query(TRACES)).rows[0])
    } finally {
      await client.end()
    }
  }
  const looking = Promise.all([look(), look(), look()])
  try {
    await work()
  } finally {
    over = true
    await looking
  }
  return seen
}
