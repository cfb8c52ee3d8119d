import { User } from '@tollkeeper/db'
import { expect, test } from 'vitest'
import { inSystem } from '../../kernel/in-transaction.ts'
import { callerOf, startTestApp } from '../../testing/index.ts'
import { behindProxy, linksIn, mailsTo, refusal, takeTheSameTime, tokenIn, visitor } from './testing/visitor.ts'

const password = 'orchard lantern 57 quartz'

test('the answer is byte for byte the same for a free address, one that waits for its proof, and one that is taken', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const taken = await app.person()
  const waiting = { email: 'waiting@example.test', password, name: 'Waiting' }
  await visitor(app)('POST', '/auth/register', waiting)
  const answers = await Promise.all(
    ['free@example.test', waiting.email, taken.email, taken.email.toUpperCase()].map((email) =>
      visitor(app)('POST', '/auth/register', { email, password, name: 'Eve' }),
    ),
  )
  expect(answers.map(({ status, body }) => ({ status, body }))).toEqual(
    Array(4).fill({ status: 202, body: { status: 'check_your_mail' } }),
  )
  expect(new Set(answers.map(({ headers }) => [...headers.keys()].sort().join())).size).toBe(1)
})

test('the answer takes the same time whether or not the address is taken', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const people = await Promise.all(Array.from({ length: 8 }, () => personFrom(app)))
  const times = { free: [] as number[], taken: [] as number[] }
  const measure = async (kind: keyof typeof times, email: string) => {
    const call = visitor(app)
    const startedAt = performance.now()
    await call('POST', '/auth/register', { email, password, name: 'Eve' })
    times[kind].push(performance.now() - startedAt)
  }
  for (let round = 0; round < 32; round++) {
    await measure('free', `free${round}@example.test`)
    await measure('taken', people[round % people.length]!.email)
  }
  expect(takeTheSameTime(times.free, times.taken)).toBe(true)
})

test('registering a taken address changes nothing of its person, and tells the address alone', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const owner = await app.person('Ada')
  await visitor(app)('POST', '/auth/register', { email: owner.email, password, name: 'Eve' })
  const [newest] = await mailsTo(app, owner.email)
  expect((await visitor(app)('POST', '/auth/login', { email: owner.email, password })).status).toBe(401)
  const signedIn = await visitor(app)('POST', '/auth/login', { email: owner.email, password: owner.password })
  expect(signedIn.body).toMatchObject({ user: { id: owner.userId, name: 'Ada' } })
  expect(newest?.subject).toBe('You already have an account')
  expect(newest?.text).not.toContain('token=')
})

test('nobody comes into being before the address is proved', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  await visitor(app)('POST', '/auth/register', { email: 'ghost@example.test', password, name: 'Ghost' })
  expect(await inSystem(app.services, (em) => em.count(User, { email: 'ghost@example.test' }))).toBe(0)
})

test('a password an attacker prepared opens nothing once the owner has proved the address', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const email = 'victim@example.test'
  const attacker = { email, password: 'attackers own secret 99', name: 'Eve' }
  const victim = { email, password, name: 'Victoria' }
  await visitor(app)('POST', '/auth/register', attacker)
  const attackersToken = tokenIn((await mailsTo(app, email))[0]!)
  const victimsCall = visitor(app)
  await victimsCall('POST', '/auth/register', victim)
  const ownToken = tokenIn((await mailsTo(app, email))[0]!)
  expect((await victimsCall('GET', `/auth/verify-email?token=${ownToken}`)).status).toBe(200)

  expect((await visitor(app)('GET', `/auth/verify-email?token=${attackersToken}`)).status).toBe(401)
  expect((await visitor(app)('POST', '/auth/login', { email, password: attacker.password })).status).toBe(401)
  const signedIn = await visitor(app)('POST', '/auth/login', { email, password })
  expect(signedIn.body).toMatchObject({ user: { name: 'Victoria', emailVerified: true } })
})

test('the owner of an address who opens the link of a stranger’s registration does not open the account to the stranger', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const email = 'victim@example.test'
  const attacker = { email, password: 'attackers own secret 99', name: 'Eve' }
  await visitor(app)('POST', '/auth/register', attacker)
  const token = tokenIn((await mailsTo(app, email))[0]!)
  const victim = visitor(app)
  expect(refusal(await victim('GET', `/auth/verify-email?token=${token}`))).toMatchObject({ code: 'auth.confirmation_needed' })
  const guess = await victim('POST', '/auth/verify-email', { token, password: 'the victims own idea 1' })
  expect(refusal(guess)).toMatchObject({ status: 403, code: 'auth.password_wrong', faults: [{ path: 'password' }] })
  expect(await inSystem(app.services, (em) => em.count(User, { email }))).toBe(0)

  await victim('POST', '/auth/register', { email, password, name: 'Victoria' })
  const ownToken = tokenIn((await mailsTo(app, email))[0]!)
  const elsewhere = await visitor(app)('POST', '/auth/verify-email', { token: ownToken, password })
  expect(elsewhere.body).toEqual({ email, verified: true })
  expect((await visitor(app)('POST', '/auth/login', { email, password: attacker.password })).status).toBe(401)
  expect((await visitor(app)('POST', '/auth/verify-email', { token, password: attacker.password })).status).toBe(401)
})

test('mails are in Chinese for who registers with a browser that asks for it', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const email = 'chen@example.test'
  const call = visitor(app)
  await call('POST', '/auth/register', { email, password, name: '陈' }, { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.5' })
  const [proof] = await mailsTo(app, email)
  expect(proof?.subject).toBe('请验证您的邮箱')
  await call('GET', `/auth/verify-email?token=${tokenIn(proof!)}`)
  expect((await mailsTo(app, email))[0]?.subject).toBe('邮箱验证完成')
  await call('POST', '/auth/register', { email, password, name: '陈' })
  expect((await mailsTo(app, email))[0]?.subject).toBe('您已经有账号了')
})

test.each([
  { host: 'evil.example' },
  { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
  { forwarded: 'host=evil.example;proto=https' },
  { 'x-original-host': 'evil.example', 'x-host': 'evil.example', 'x-rewrite-url': 'https://evil.example/' },
  { origin: 'https://evil.example', referer: 'https://evil.example/' },
])('whatever a request says of its host (%o), the links in mails lead to the configured address', async (headers) => {
  await using app = await startTestApp({ environment: behindProxy })
  const email = 'poisoned@example.test'
  const send = (url: string, payload: object) => app.server.app.inject({ method: 'POST', url, payload, headers })
  expect((await send('/api/v1/auth/register', { email, password, name: 'P' })).statusCode).toBe(202)
  expect((await send('/api/v1/auth/resend-verification', { email })).statusCode).toBe(202)
  const mails = await mailsTo(app, email)
  expect(mails).toHaveLength(2)
  for (const { text, html } of mails) {
    const links = linksIn({ text, html })
    expect(links.length).toBeGreaterThan(2)
    expect(links.filter((link) => new URL(link).origin !== app.services.publicUrl)).toEqual([])
  }
})

test('one address gets at most six mails an hour, however many ask at once, and the answers do not show it', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const email = 'flooded@example.test'
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0
        ? visitor(app)('POST', '/auth/register', { email, password, name: 'F' })
        : visitor(app)('POST', '/auth/resend-verification', { email }),
    ),
  )
  expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1)
  expect((await mailsTo(app, email)).length).toBe(6)
})

test('resending answers the same, and in the same time, for an address that waits, one that is taken and one nobody named', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const owner = await app.person()
  await visitor(app)('POST', '/auth/register', { email: 'waiting@example.test', password, name: 'W' })
  const seen = await Promise.all(
    ['waiting@example.test', owner.email, 'nobody@example.test'].map(async (email) => {
      const startedAt = performance.now()
      const { status, body } = await visitor(app)('POST', '/auth/resend-verification', { email })
      return { status, body, slowEnough: performance.now() - startedAt >= 59 }
    }),
  )
  expect(seen).toEqual(Array(3).fill({ status: 202, body: { status: 'check_your_mail' }, slowEnough: true }))
  expect(await mailsTo(app, owner.email)).toHaveLength(2)
  expect(await mailsTo(app, 'nobody@example.test')).toHaveLength(0)
})

test.each([
  ['an unknown field', { role: 'owner' }, 400],
  ['a field that decides rights', { operatorRole: 'owner' }, 400],
  ['a field of better-auth', { emailVerified: true }, 400],
  ['a short password', { password: 'eleven char' }, 400],
  ['a breached password', { password: '123456qwerty' }, 400],
  ['a password of the wrong type', { password: { $ne: '' } }, 400],
  ['no address', { email: 'not an address' }, 400],
  ['two addresses', { email: ['a@example.test', 'b@example.test'] }, 400],
  ['a line break in the address', { email: 'a@example.test\r\nBcc: b@example.test' }, 400],
])('%s is refused, with its path, and nothing is sent', async (_, change, status) => {
  await using app = await startTestApp({ environment: behindProxy })
  const answer = await visitor(app)('POST', '/auth/register', { email: 'new@example.test', password, name: 'N', ...change })
  expect(answer.status).toBe(status)
  expect(refusal(answer)).toMatchObject({ faults: [{ path: Object.keys(change)[0] }] })
  expect((await app.call('GET', '//dev/mailbox.json')).body).toEqual([])
})

test('__proto__ in the body is refused and pollutes nothing', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const body = `{"email":"p@example.test","password":"${password}","name":"P","__proto__":{"operatorRole":"owner"}}`
  const answer = await callerOf(app.url, { 'content-type': 'application/json' })('POST', '/auth/register', body)
  expect(answer.status).toBe(400)
  expect(({} as { operatorRole?: string }).operatorRole).toBe(undefined)
})

async function personFrom(app: Awaited<ReturnType<typeof startTestApp>>): Promise<{ email: string }> {
  const email = `taken${Math.random().toString(36).slice(2)}@example.test`
  const call = visitor(app)
  await call('POST', '/auth/register', { email, password, name: 'T' })
  const { status } = await call('GET', `/auth/verify-email?token=${tokenIn((await mailsTo(app, email))[0]!)}`)
  expect(status).toBe(200)
  return { email }
}
