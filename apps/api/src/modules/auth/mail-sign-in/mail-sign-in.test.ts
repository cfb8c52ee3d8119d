import { Account, MailSignIn, User } from '@tollkeeper/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { type Answer, callerOf, startTestApp, type TestApp } from '../../../testing/index.ts'
import { foreignHashes } from '../testing/foreign-hashes.ts'
import { askSignInMail as askMail, newestSignInMail } from '../testing/sign-in-mail.ts'
import { behindProxy, mailsTo, refusal, takeTheSameTime, tokenIn, visitor } from '../testing/visitor.ts'
import { hashOfToken } from '../token/refresh-token.ts'

let clock: ReturnType<typeof manualClock>
let app: TestApp
beforeAll(async () => {
  clock = manualClock('2026-11-23T10:00:00Z')
  app = await startTestApp({ clock, environment: behindProxy })
})
afterAll(() => app[Symbol.asyncDispose]())

const [, hash, password] = foreignHashes[0]!
const IMPORTED = { hash, password }

/** Each mail a second after the one before, so that the newest is known. */
const askSignInMail: typeof askMail = (...asked) => {
  clock.advance(1000)
  return askMail(...asked)
}
let addresses = 0
const newAddress = () => `mail${++addresses}@example.test`
const userIdOf = ({ body }: Answer) => (body as { user: { id: string } }).user.id
const wrongCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

test('a code signs in where it was asked for, a link anywhere, and both stand in the history by their name', async () => {
  const person = await app.person()
  const home = visitor(app)
  const first = await askSignInMail(app, home, person.email)
  const byCode = await home('POST', '/auth/mail/code', { attempt: first.attempt, code: first.code })
  expect(byCode).toMatchObject({ status: 200, body: { user: { id: person.userId } } })
  const { token } = await askSignInMail(app, home, person.email)
  const byLink = await visitor(app)('POST', '//trpc/auth.mail.signInWithLink', { token }, { origin: app.services.publicUrl })
  expect(byLink.status).toBe(200)
  const cookie = byLink.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const me = await callerOf(app.url, { cookie })('GET', '/users/me')
  expect(me).toMatchObject({ status: 200, body: { user: { id: person.userId } } })
  const history = await callerOf(app.url, { cookie })('GET', '/users/me/login-history')
  expect((history.body as { rows: unknown[] }).rows.slice(0, 2)).toMatchObject([
    { method: 'magic_link', outcome: 'success' },
    { method: 'mail_code', outcome: 'success' },
  ])
})

test('the answer is the same, in body and time, whether or not there is an account', async () => {
  const owner = await app.person()
  const times = { known: [] as number[], unknown: [] as number[] }
  const answers = new Set<string>()
  for (let round = 0; round < 6; round++) {
    for (const [kind, email] of [['known', owner.email] as const, ['unknown', newAddress()] as const]) {
      const startedAt = performance.now()
      const { status, body } = await visitor(app)('POST', '/auth/mail', { email })
      times[kind].push(performance.now() - startedAt)
      const { attempt, ...rest } = body as { attempt: string }
      answers.add(JSON.stringify({ status, length: attempt.length, ...rest }))
    }
  }
  expect(answers.size).toBe(1)
  expect(takeTheSameTime(times.known, times.unknown)).toBe(true)
})

test('who has no account gets one with the proved address, and what a stranger prepared for it opens nothing', async () => {
  const email = newAddress()
  const stranger = { email, password: 'attackers own secret 99', name: 'Eve' }
  await visitor(app)('POST', '/auth/register', stranger)
  const mailed = (await mailsTo(app, email)).find(({ text }) => text.includes('verify-email?token='))!
  const { token } = await askSignInMail(app, visitor(app), email)
  const entered = await visitor(app)('POST', '/auth/mail/link', { token })
  expect(entered).toMatchObject({ status: 200, body: { user: { email, emailVerified: true }, tenants: [{ role: 'owner' }] } })
  expect((await visitor(app)('POST', '/auth/login', stranger)).status).toBe(400)
  expect((await visitor(app)('POST', '/auth/login', { email, password: stranger.password })).status).toBe(401)
  const proof = { token: tokenIn(mailed), password: stranger.password }
  expect((await visitor(app)('POST', '/auth/verify-email', proof)).status).toBe(401)
})

test('an account nobody had proved keeps nothing of before: not the password it was brought in with, nor a second step somebody set up', async () => {
  const operator = await app.operator()
  const email = newAddress()
  const brought = { email, name: 'Imported', verified: false, hash: IMPORTED.hash }
  expect((await operator.call('POST', '/users/import', { users: [brought] })).status).toBe(200)
  const of = [(await inSystem(app.services, (em) => em.findOneOrFail(User, { email }))).id]
  await app.services.pool.query('insert into passkey_factor (user_id, created_at) values ($1, now())', of)
  await app.services.pool.query(
    `insert into totp_factor (user_id, secret, confirmed_at, created_at) values ($1, 'sealed', now(), now())`,
    of,
  )
  const { token } = await askSignInMail(app, visitor(app), email)
  expect((await visitor(app)('POST', '/auth/mail/link', { token })).status).toBe(200)
  const left = await inSystem(app.services, async (em) => {
    const user = await em.findOneOrFail(User, { email })
    return { verified: user.emailVerified, accounts: await em.count(Account, { userId: user.id }) }
  })
  expect(left).toEqual({ verified: true, accounts: 0 })
  expect((await visitor(app)('POST', '/auth/login', { email, password: IMPORTED.password })).status).toBe(401)
})

test('a code has five tries, then even the right one is refused like a wrong one', async () => {
  const home = visitor(app)
  const { attempt, code } = await askSignInMail(app, home, newAddress())
  const answers: unknown[] = []
  for (const tried of [...Array(5).fill(wrongCode(code)), code]) {
    answers.push(refusal(await home('POST', '/auth/mail/code', { attempt, code: tried })))
  }
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(answers[0]).toMatchObject({ status: 401, code: 'auth.code_wrong' })
})

test('any number of wrong codes at once, on two nodes, gets no more than five tries', async () => {
  await using second = await app.secondNode()
  const { attempt, code } = await askSignInMail(app, visitor(app), newAddress())
  const guesses = Array.from({ length: 19 }, () => wrongCode(code))
  await Promise.all(
    guesses.map((guess, index) => visitor(index % 2 ? app : second)('POST', '/auth/mail/code', { attempt, code: guess })),
  )
  const { tries } = await inSystem(app.services, (em) => em.findOneOrFail(MailSignIn, { attemptHash: hashOfToken(attempt) }))
  expect(tries).toBe(5)
})

test('a code works with no attempt but the one it was mailed for', async () => {
  const email = newAddress()
  const [stranger, owner] = [visitor(app), visitor(app)]
  const ofStranger = (await stranger('POST', '/auth/mail', { email })).body as { attempt: string }
  const { code, attempt } = await askSignInMail(app, owner, email)
  const elsewhere = await stranger('POST', '/auth/mail/code', { attempt: ofStranger.attempt, code })
  expect(refusal(elsewhere)).toMatchObject({ status: 401, code: 'auth.code_wrong' })
  expect((await owner('POST', '/auth/mail/code', { attempt, code })).status).toBe(200)
})

test('what was mailed before is over once somebody came in by one of the mails', async () => {
  const email = newAddress()
  const first = await askSignInMail(app, visitor(app), email)
  const second = await askSignInMail(app, visitor(app), email)
  expect((await visitor(app)('POST', '/auth/mail/link', { token: second.token })).status).toBe(200)
  expect((await visitor(app)('POST', '/auth/mail/link', { token: first.token })).status).toBe(401)
  expect((await visitor(app)('POST', '/auth/mail/code', first)).status).toBe(400)
  expect((await visitor(app)('POST', '/auth/mail/code', { attempt: first.attempt, code: first.code })).status).toBe(401)
})

test('a code and a link are over after ten minutes', async () => {
  const home = visitor(app)
  const mailed = await askSignInMail(app, home, newAddress())
  clock.advance(600_000)
  const late = await home('POST', '/auth/mail/link', { token: mailed.token })
  expect(refusal(late)).toMatchObject({ status: 401, code: 'auth.link_expired' })
  expect((await home('POST', '/auth/mail/code', { attempt: mailed.attempt, code: mailed.code })).status).toBe(401)
})

test.each(['code', 'link'] as const)('fifty redemptions of one %s at once, on two nodes, let in one', async (way) => {
  await using second = await app.secondNode()
  const email = newAddress()
  const { attempt, code, token } = await askSignInMail(app, visitor(app), email)
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      visitor(index % 2 ? app : second)('POST', `/auth/mail/${way}`, way === 'code' ? { attempt, code } : { token }),
    ),
  )
  const let_in = answers.filter(({ status }) => status === 200)
  expect(let_in).toHaveLength(1)
  expect(answers.every(({ status }) => [200, 401, 429].includes(status))).toBe(true)
  expect(await inSystem(app.services, (em) => em.count(User, { email }))).toBe(1)
  expect(userIdOf(let_in[0]!)).toMatch(/^usr_/)
})

test('neither the code nor the link can be read in the database', async () => {
  const { attempt, code, token } = await askSignInMail(app, visitor(app), newAddress())
  const { rows } = await app.services.pool.query<{ whole: string }>('select row_to_json(m)::text as whole from mail_sign_in m')
  const all = rows.map(({ whole }) => whole).join()
  for (const secret of [attempt, code, token]) expect(all).not.toContain(`"${secret}"`)
  const { rows: mails } = await app.services.pool.query<{ whole: string }>(
    'select row_to_json(m)::text as whole from email_message m',
  )
  expect(mails.map(({ whole }) => whole).join()).not.toContain(token)
})

test('an address that had six mails in an hour, and a suspended person, get none; nothing opens what was not mailed', async () => {
  const [flooded, suspended] = [newAddress(), await app.person()]
  await inSystemTransaction(app.services, ({ em }) => em.nativeUpdate(User, { id: suspended.userId }, { status: 'suspended' }))
  const answers = new Set<string>()
  for (const email of [...Array(7).fill(flooded), suspended.email]) {
    const { status, body } = await visitor(app)('POST', '/auth/mail', { email })
    answers.add(JSON.stringify([status, Object.keys(body as object)]))
  }
  expect(answers.size).toBe(1)
  expect(await mailsTo(app, flooded)).toHaveLength(6)
  expect((await mailsTo(app, suspended.email)).some(({ text }) => text.includes('/sign-in-link'))).toBe(false)
  const unsent = await inSystem(app.services, (em) => em.find(MailSignIn, { linkHash: null }))
  expect(unsent.map(({ codeHash }) => codeHash)).toEqual([null, null])
})

test('who is suspended after the mail was sent is not let in by it', async () => {
  const person = await app.person()
  const { token } = await askSignInMail(app, visitor(app), person.email)
  await inSystemTransaction(app.services, ({ em }) => em.nativeUpdate(User, { id: person.userId }, { status: 'suspended' }))
  expect(refusal(await visitor(app)('POST', '/auth/mail/link', { token }))).toMatchObject({
    status: 403,
    code: 'auth.user_suspended',
  })
})

test('links lead to the configured address whatever the request says of its host', async () => {
  const email = newAddress()
  const asked = await visitor(app)(
    'POST',
    '/auth/mail',
    { email },
    { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
  )
  expect(asked.status).toBe(202)
  const { token } = await newestSignInMail(app, email)
  const [mail] = await mailsTo(app, email)
  expect(mail!.text).toContain(`${app.services.publicUrl}/sign-in-link?token=${token}`)
  expect(mail!.text + mail!.html).not.toContain('evil.example')
})
