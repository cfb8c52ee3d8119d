import { Account, Member, Tenant, User } from '@tollkeeper/db'
import { expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import { inSystem } from '../../kernel/in-transaction.ts'
import { startTestApp, type TestApp } from '../../testing/index.ts'
import { behindProxy, mailsTo, refusal, tokenIn, visitor } from './testing/visitor.ts'

/** Where the account is asked for, and its link opened. */
const HOME = '10.99.0.1'
const person = { email: 'ada@example.test', password: 'orchard lantern 57 quartz', name: 'Ada' }

async function registered(app: TestApp): Promise<string> {
  await visitor(app, HOME)('POST', '/auth/register', person)
  return tokenIn((await mailsTo(app, person.email))[0]!)
}

test('fifty redemptions of one token at once, on two nodes, make one person with one password and one tenant', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const second = await app.secondNode()
  const token = await registered(app)
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => visitor(index % 2 ? app : second, HOME)('GET', `/auth/verify-email?token=${token}`)),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(new Set(answers.filter(({ status }) => status !== 200).map((answer) => JSON.stringify(refusal(answer)))).size).toBe(1)
  const counts = await inSystem(app.services, async (em) => {
    const user = await em.findOneOrFail(User, { email: person.email })
    const [accounts, tenants, members] = [
      await em.count(Account, { userId: user.id }),
      await em.count(Tenant, { personalOf: user.id }),
      await em.count(Member, { userId: user.id, role: 'owner' }),
    ]
    return { accounts, tenants, members, verified: user.emailVerified }
  })
  expect(counts).toEqual({ accounts: 1, tenants: 1, members: 1, verified: true })
})

test('two tokens of one address redeemed at once make one person', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const first = await registered(app)
  const other = await registered(app)
  const answers = await Promise.all([first, other].map((token) => visitor(app, HOME)('GET', `/auth/verify-email?token=${token}`)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
})

test('a token lives for 24 hours', async () => {
  const clock = manualClock('2026-11-23T10:00:00Z')
  await using app = await startTestApp({ clock, environment: behindProxy })
  const token = await registered(app)
  clock.advance(24 * 3_600_000)
  const late = await visitor(app, HOME)('GET', `/auth/verify-email?token=${token}`)
  expect(refusal(late)).toMatchObject({ status: 401, code: 'auth.token_expired' })
  clock.set('2026-11-24T09:59:59Z')
  expect((await visitor(app, HOME)('GET', `/auth/verify-email?token=${token}`)).status).toBe(200)
})

test('a made-up token, an empty one and a used one are refused alike', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const token = await registered(app)
  await visitor(app, HOME)('GET', `/auth/verify-email?token=${token}`)
  for (const false_ of [token, `${token}x`, 'x', "' or 1=1 --"]) {
    const answer = await visitor(app, HOME)('GET', `/auth/verify-email?token=${encodeURIComponent(false_)}`)
    expect(refusal(answer)).toMatchObject({ status: 401, code: 'auth.token_invalid' })
  }
  expect((await visitor(app)('GET', '/auth/verify-email')).status).toBe(400)
})

test('neither the token nor the password is in the database in clear', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const token = await registered(app)
  const { rows } = await app.services.pool.query<{ table_name: string }>(
    `select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const found: string[] = []
  for (const { table_name: table } of rows) {
    const { rowCount } = await app.services.pool
      .query(`select 1 from "${table}" t where t::text like '%' || $1 || '%' or t::text like '%' || $2 || '%'`, [
        token,
        person.password,
      ])
      .catch(() => ({ rowCount: 0 }))
    if (rowCount) found.push(table)
  }
  expect(rows.length).toBeGreaterThan(20)
  expect(found).toEqual([])
})
