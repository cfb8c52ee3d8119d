import pg from 'pg'
import { expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import { eventually } from '../../testing/eventually.ts'
import { startTestApp, type TestApp, type TestPerson } from '../../testing/index.ts'
import { mailsTo } from '../auth/testing/visitor.ts'
import { inviteTo, newMember, openTeam } from '../tenant/testing/team.ts'
import { eraseDue } from './erase-person.ts'
import { places, placesOfNobody } from './places/index.ts'
import { canary, livedIn } from './testing/lived-in.ts'

const DAY_MS = 86_400_000
const startedAt = () => manualClock(new Date())
const goAway = ({ call, email }: TestPerson) => call('DELETE', `/users/me?email=${encodeURIComponent(email)}`)
const codeOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code?: string }).code]

/** Tables, and how many of their rows hold the words anywhere: all there are, not only those the server's roles may read. */
async function rowsHolding({ databaseUrl }: TestApp, words: string): Promise<Record<string, number>> {
  await using client = await asOwner(databaseUrl)
  const found: Record<string, number> = {}
  for (const table of [...(await tablesIn(client, 'public')), ...(await tablesIn(client, 'pgboss'))]) {
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from ${table} t where position($1 in lower(t::text)) > 0`,
      [words.toLowerCase()],
    )
    if (rows[0]!.count > 0) found[table.replace(/^public\.|"/g, '')] = rows[0]!.count
  }
  return found
}

async function asOwner(connectionString: string) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() })
}

async function tablesIn(client: pg.Client, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'schema_migration' order by 1`,
    [schema],
  )
  return rows.map(({ name }) => name)
}

test('every table is said to hold data of people or not to', async () => {
  await using app = await startTestApp()
  await using client = await asOwner(app.databaseUrl)
  const tables = (await tablesIn(client, 'public')).map((name) => name.replace(/^public\.|"/g, ''))
  const said = [...Object.keys(places), ...Object.keys(placesOfNobody)]
  expect(tables.filter((table) => !said.includes(table))).toEqual([])
  expect(said.filter((table) => !tables.includes(table))).toEqual([])
  expect(new Set(said).size).toBe(said.length)
})

test('of a person who lived here nothing is left but an id, once their days are over', { timeout: 120_000 }, async () => {
  const clock = startedAt()
  await using app = await startTestApp({ clock })
  const person = await livedIn(app)
  // decisions are logged behind their answers
  await eventually(
    () => rowsHolding(app, canary),
    (rows) => 'decision_log' in rows,
  )
  const marked = Object.keys(await rowsHolding(app, canary))
  for (const table of [
    'user',
    'account',
    'api_key',
    'audit_entry',
    'decision_log',
    'login_event',
    'registration',
    'stripe_event',
    'tenant',
    'usage_event',
  ])
    expect(marked).toContain(table)

  // the shared tenant they made has nobody else
  await app.services.pool.query(`delete from member where user_id = $1 and tenant_id <> $2`, [person.userId, person.tenantId])
  expect((await goAway(person)).status).toBe(202)
  await eraseDue(app.services)
  expect(Object.keys(await rowsHolding(app, canary))).toContain('user')

  clock.advance(14 * DAY_MS + 1)
  await eraseDue(app.services)
  expect(await rowsHolding(app, canary)).toEqual({ customer: 1 })
  expect(await rowsHolding(app, person.email)).toEqual({})
  const { pool } = app.services
  const { rows: users } = await pool.query('select id, name, status, erased_at is not null as erased from "user" where id = $1', [
    person.userId,
  ])
  expect(users).toEqual([{ id: person.userId, name: '', status: 'erased', erased: true }])
  const { rows: invoices } = await pool.query(`select number, total_minor::int, hosted_url from invoice where tenant_id = $1`, [
    person.tenantId,
  ])
  expect(invoices).toEqual([{ number: 'T-1', total_minor: 2900, hosted_url: null }])
  const { rows: audit } = await pool.query(`select action from audit_entry where target = $1 and action = 'user.erased'`, [
    person.userId,
  ])
  expect(audit).toHaveLength(1)
})

test('whatever they held opens nothing afterwards, and their address is free again', async () => {
  const clock = startedAt()
  await using app = await startTestApp({ clock })
  const person = await app.person('Ada')
  const key = await app.key(person)
  await goAway(person)
  clock.advance(14 * DAY_MS + 1)
  await eraseDue(app.services)
  expect((await person.call('GET', '/users/me')).status).toBe(401)
  expect((await key.call('POST', '/authorize', { feature: 'characters', amount: 1 })).status).toBe(401)
  expect((await app.call('POST', '/auth/refresh', { refreshToken: person.refreshToken })).status).toBe(401)
  expect(codeOf(await app.call('POST', '/auth/login', person))).toEqual([400, 'input.invalid'])
  const { email, password } = person
  expect(codeOf(await app.call('POST', '/auth/login', { email, password }))).toEqual([401, 'auth.invalid_credentials'])
  const operator = await app.operator()
  expect(codeOf(await operator.call('PUT', `/users/${person.userId}/status`, { status: 'active', reason: 'please' }))).toEqual([
    404,
    'user.not_found',
  ])
  await app.call('POST', '/auth/register', { email, password, name: 'Another' })
  expect((await mailsTo(app, email)).map(({ subject }) => subject)).toEqual(['Verify your address'])
})

test('who signs in again within the days can keep the account, and nothing is lost', async () => {
  const clock = startedAt()
  await using app = await startTestApp({ clock })
  const person = await app.person('Ada')
  const other = await app.call('POST', '/auth/login', { email: person.email, password: person.password })
  const first = (await goAway(person)).body as { deletesAt: string }
  clock.advance(DAY_MS)
  const again = await app.call('POST', '/auth/login', { email: person.email, password: person.password })
  expect(again.body).toMatchObject({ user: { deletesAt: first.deletesAt } })
  const bearer = (answer: { body: unknown }) => ({
    authorization: `Bearer ${(answer.body as { accessToken: string }).accessToken}`,
  })
  expect((await app.call('GET', '/users/me', undefined, bearer(other))).status).toBe(401)
  expect((await app.call('DELETE', '/users/me/deletion', undefined, bearer(again))).status).toBe(200)
  clock.advance(20 * DAY_MS)
  await eraseDue(app.services)
  expect((await app.call('POST', '/auth/login', { email: person.email, password: person.password })).body).toMatchObject({
    user: { id: person.userId, name: 'Ada', deletesAt: null },
  })
  expect((await mailsTo(app, person.email)).map(({ subject }) => subject)).toEqual(
    expect.arrayContaining(['Your account will be deleted', 'Your account stays']),
  )
})

test('another address than the account’s deletes nothing', async () => {
  await using app = await startTestApp()
  const person = await app.person('Ada')
  expect(codeOf(await person.call('DELETE', '/users/me?email=somebody@example.test'))).toEqual([400, 'input.invalid'])
  expect(codeOf(await person.call('DELETE', '/users/me'))).toEqual([400, 'input.invalid'])
  expect((await person.call('GET', '/users/me')).body).toMatchObject({ user: { deletesAt: null } })
})

test('the last owner of a shared tenant is told which, and of two owners who go at once one stays', async () => {
  await using app = await startTestApp()
  const [ada, bea] = [await app.person('Ada'), await app.person('Bea')]
  const made = (await ada.call('POST', '/tenants', { name: 'Shared works' })).body as { id: string }
  const refused = await goAway(ada)
  expect(codeOf(refused)).toEqual([409, 'user.owns_tenants'])
  expect((refused.body as { detail: string }).detail).toContain('Shared works')
  await app.services.pool.query(
    `insert into member (tenant_id, id, user_id, role, joined_at) values ($1, 'mem_bea', $2, 'owner', now())`,
    [made.id, bea.userId],
  )
  const answers = await Promise.all([goAway(ada), goAway(bea)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409])
})

test('who has become the last owner meanwhile is not erased until somebody else is', async () => {
  const clock = startedAt()
  await using app = await startTestApp({ clock })
  const [ada, bea] = [await app.person('Ada'), await app.person('Bea')]
  await goAway(ada)
  const { pool } = app.services
  const made = (await bea.call('POST', '/tenants', { name: 'Shared works' })).body as { id: string }
  await pool.query('update member set user_id = $2 where tenant_id = $1', [made.id, ada.userId])
  clock.advance(15 * DAY_MS)
  await eraseDue(app.services)
  const statusOf = async () => (await pool.query('select status from "user" where id = $1', [ada.userId])).rows[0].status
  expect(await statusOf()).toBe('active')
  await pool.query(`insert into member (tenant_id, id, user_id, role, joined_at) values ($1, 'mem_bea', $2, 'owner', now())`, [
    made.id,
    bea.userId,
  ])
  await eraseDue(app.services)
  expect(await statusOf()).toBe('erased')
})

test('nobody joins on the word of who asked to be deleted, and the tenant is told which invitations ended', async () => {
  await using app = await startTestApp()
  const [ada, bea, cleo] = [await app.person('Ada'), await app.person('Bea'), await app.person('Cleo')]
  const team = await openTeam(app, bea)
  const going = await newMember(app, bea, team, { role: 'admin' })
  const [sent, other] = [
    await inviteTo(app, going, team, { email: ada.email }),
    await inviteTo(app, bea, team, { email: cleo.email }),
  ]
  expect((await goAway(going)).status).toBe(202)
  expect(codeOf(await ada.call('POST', '/invitations/accept', { token: sent.token }))).toEqual([409, 'invitation.ended'])
  expect((await cleo.call('POST', '/invitations/accept', { token: other.token })).status).toBe(200)
  const { body } = await bea.call('GET', '/audit', undefined, { 'x-tenant-id': team })
  const revoked = (body as { rows: { action: string; target: string; actor: { id: string } }[] }).rows
    .filter(({ action }) => action === 'invitation.revoked')
    .map(({ target, actor }) => [target, actor.id])
  expect(revoked).toEqual([[sent.id, going.userId]])
})

test('an erasure ends what they sent in the days they had, and leaves no invitation that names them', async () => {
  const clock = startedAt()
  await using app = await startTestApp({ clock })
  const [bea, ada] = [await app.person('Bea'), await app.person('Ada')]
  const [team, elsewhere] = [await openTeam(app, bea), await openTeam(app, bea)]
  const going = await newMember(app, bea, team, { role: 'admin' })
  await goAway(going)
  clock.advance(13 * DAY_MS)
  const again = await app.call('POST', '/auth/login', { email: going.email, password: going.password })
  const authorization = `Bearer ${(again.body as { accessToken: string }).accessToken}`
  const invited = await app.call('POST', `/tenants/${team}/invitations`, { email: ada.email, role: 'member' }, { authorization })
  expect(invited.status).toBe(201)
  await app.services.pool.query(
    `insert into invitation (tenant_id, id, email, role, token_hash, status, invited_by, sends, created_at, sent_at, expires_at)
     select $1, 'inv_to_them', $2, role, 'of nothing', 'pending', $3, sends, created_at, sent_at, expires_at
     from invitation where id = $4`,
    [elsewhere, going.email, bea.userId, (invited.body as { id: string }).id],
  )
  clock.advance(DAY_MS + 1)
  await eraseDue(app.services)
  const { rows } = await app.services.pool.query('select id, status from invitation where email in ($1, $2)', [
    ada.email,
    going.email,
  ])
  expect(rows).toEqual([{ id: (invited.body as { id: string }).id, status: 'revoked' }])
})

test('an erasure waits for a change of who belongs to their tenant, and sees that they have become its last owner', async () => {
  const clock = startedAt()
  await using app = await startTestApp({ clock })
  const bea = await app.person('Bea')
  const team = await openTeam(app, bea)
  const heir = await newMember(app, bea, team, { role: 'admin' })
  await goAway(heir)
  clock.advance(14 * DAY_MS + 1)
  await using client = await asOwner(app.databaseUrl)
  await client.query('begin')
  await client.query('select from tenant where id = $1 for no key update', [team])
  const erased = eraseDue(app.services)
  await eventually(
    async () => (await app.services.pool.query('select count(*)::int as count from pg_locks where not granted')).rows[0].count,
    (waiting: number) => waiting > 0,
  )
  await client.query(`update member set role = case when user_id = $2 then 'owner' else 'admin' end where tenant_id = $1`, [
    team,
    heir.userId,
  ])
  await client.query('commit')
  await erased
  const { rows } = await app.services.pool.query('select status from "user" where id = $1', [heir.userId])
  expect(rows).toEqual([{ status: 'active' }])
})

test('the last owner of the installation cannot go', async () => {
  await using app = await startTestApp()
  expect(codeOf(await goAway(await app.operator()))).toEqual([409, 'operator.last_owner'])
})
