import { expect, test } from 'vitest'
import { createLogger } from '../kernel/logger.ts'
import { behindProxy, visitor } from '../modules/auth/testing/visitor.ts'
import { callerOf, startTestApp, type TestApp } from '../testing/index.ts'

const PASSWORD = 'one password for all of them'

const codeOf = ({ status, body }: { status: number; body: unknown }) => {
  const { code, error } = body as { code?: string; error?: { data?: { code?: string } } }
  return `${status} ${code ?? error?.data?.code ?? ''}`.trim()
}
const count = (codes: string[], code: string) => codes.filter((one) => one === code).length

/** Tries one password on many accounts, each from an address of its own. */
async function stuff(app: Pick<TestApp, 'url'>, accounts: number, from = 0): Promise<string[]> {
  const codes: string[] = []
  for (let first = from; first < from + accounts; first += 25) {
    const batch = Array.from({ length: Math.min(25, from + accounts - first) }, (_, index) => first + index)
    codes.push(
      ...(await Promise.all(
        batch.map(async (index) => {
          const call = visitor(app, `172.${16 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`)
          return codeOf(await call('POST', '/auth/login', { email: `account${index}@example.test`, password: PASSWORD }))
        }),
      )),
    )
  }
  return codes
}

test('one password on a thousand accounts from a thousand addresses meets a brake on every node, raises an alert, and spares who is known', async () => {
  const lines: string[] = []
  const logger = createLogger('error', { write: (line) => void lines.push(line) })
  await using app = await startTestApp({ environment: behindProxy, logger })
  const second = await app.secondNode()
  const owner = await app.person()
  const home = visitor(app, '198.51.100.20')
  const signIn = (call: typeof home) => call('POST', '/auth/login', { email: owner.email, password: owner.password })
  expect(codeOf(await signIn(home))).toBe('200')

  const codes = await stuff(app, 1000)
  const looked = count(codes, '401 auth.invalid_credentials')
  expect(looked).toBeGreaterThanOrEqual(200)
  // what the brake has not seen yet is what comes within the second between two counts
  expect(looked).toBeLessThan(400)
  expect(looked + count(codes, '429 rate.limited')).toBe(1000)
  expect(codes.at(-1)).toBe('429 rate.limited')

  expect(codeOf(await signIn(home))).toBe('200')
  expect(codeOf(await signIn(visitor(app, '203.0.113.77')))).toBe('429 rate.limited')
  expect(codeOf(await signIn(visitor(second, '203.0.113.78')))).toBe('429 rate.limited')
  expect(lines.filter((line) => line.includes('"alert":"password_guessing"'))).not.toEqual([])
  const metrics = String((await app.call('GET', '//metrics')).body)
  expect(Number(/brake_refusals_total\{brake="too_many_everywhere"\} (\d+)/.exec(metrics)![1])).toBeGreaterThan(500)
}, 240_000)

test('one line that tries many accounts is held after thirty, and does not set off the brake over everybody', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const owner = await app.person()
  const codes = []
  for (let index = 0; index < 40; index++) {
    const call = visitor(app, `2001:db8:0:7::${index.toString(16)}`)
    codes.push(codeOf(await call('POST', '/auth/login', { email: `account${index}@example.test`, password: PASSWORD })))
  }
  expect(count(codes, '401 auth.invalid_credentials')).toBe(30)
  expect(codes.at(-1)).toBe('429 rate.limited')
  const elsewhere = await visitor(app)('POST', '/auth/login', { email: owner.email, password: owner.password })
  expect(elsewhere.status).toBe(200)
}, 120_000)

test('ten thousand addresses of one line are one caller to the brake before the password is looked at, however they are spelled', async () => {
  await using app = await startTestApp({ environment: behindProxy, brakes: true })
  const codes: string[] = []
  for (let index = 0; index < 60; index++) {
    const host = ((index * 7919) % 65_536).toString(16)
    const address = [`2001:db8:0:9::${host}`, `2001:0DB8:0000:0009:${host}:0:0:1`, `[2001:db8:0:9:0:0:0:${host}]:443`][index % 3]!
    codes.push(codeOf(await visitor(app, address)('POST', '/auth/refresh', { refreshToken: 'none' })))
  }
  expect(count(codes, '401 auth.token_invalid')).toBe(30)
  expect(count(codes, '429 rate.limited')).toBe(30)
}, 120_000)

test('what a trusted proxy says that is no address is the proxy’s own address, so garbage makes no new caller', async () => {
  await using app = await startTestApp({ environment: behindProxy, brakes: true })
  const codes: string[] = []
  for (let index = 0; index < 40; index++) {
    const garbage = [
      `x${index}`,
      `999.${index}.1.1`,
      `1.2.3.4.${index}`,
      `::g${index}`,
      `a:b${index}`,
      `"${index}"`,
      `;${index}`,
      `${index}`,
    ]
    const call = visitor(app, garbage[index % garbage.length])
    codes.push(codeOf(await call('POST', '/auth/refresh', { refreshToken: 'none' })))
  }
  expect(count(codes, '401 auth.token_invalid')).toBe(30)
  expect(count(codes, '429 rate.limited')).toBe(10)
}, 120_000)

test('without a trusted proxy, and from one that is not trusted, X-Forwarded-For is not believed', async () => {
  for (const environment of [{} as Record<string, string>, { TOLLKEEPER_TRUSTED_PROXIES: '192.0.2.1' }]) {
    await using app = await startTestApp({ environment, brakes: true })
    const codes: string[] = []
    for (let index = 0; index < 35; index++)
      codes.push(codeOf(await visitor(app)('POST', '/auth/refresh', { refreshToken: 'none' })))
    expect(count(codes, '429 rate.limited')).toBe(5)
  }
}, 120_000)

test('of a chain of addresses the last one that no trusted proxy wrote counts: what a caller puts before it is ignored', async () => {
  await using app = await startTestApp({ environment: { TOLLKEEPER_TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8' }, brakes: true })
  const codes: string[] = []
  for (let index = 0; index < 35; index++) {
    const call = visitor(app, `203.0.113.${index}, 198.51.100.9, 10.1.2.${index}`)
    codes.push(codeOf(await call('POST', '/auth/refresh', { refreshToken: 'none' })))
  }
  expect(count(codes, '429 rate.limited')).toBe(5)
}, 120_000)

test('a brake is charged for every call of a batch, and REST and tRPC draw on the same one', async () => {
  await using app = await startTestApp({ brakes: true })
  const batchOf = async (size: number) => {
    const calls = Array(size).fill('auth.refresh').join(',')
    const body = Object.fromEntries(Array.from({ length: size }, (_, index) => [index, { refreshToken: 'none' }]))
    const answer = await callerOf(app.url, {})('POST', `//trpc/${calls}?batch=1`, body)
    return (answer.body as { error: { data: { code: string } } }[]).map(({ error }) => error.data.code)
  }
  const codes = [...(await batchOf(10)), ...(await batchOf(10))]
  for (let call = 0; call < 8; call++) codes.push((await app.call('POST', '/auth/refresh', { refreshToken: 'none' })).body as never)
  const last = await batchOf(10)
  expect(last.filter((code) => code === 'auth.token_invalid')).toHaveLength(2)
  expect(last.filter((code) => code === 'rate.limited')).toHaveLength(8)
}, 120_000)

test('the brake of one account is one for every way a password can be tried: REST, tRPC, with a cookie, and asked again in a session', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const owner = await app.person()
  const from = { 'x-forwarded-for': '203.0.113.9' }
  const guess = { email: owner.email, password: PASSWORD }
  const ways = [
    () => app.call('POST', '/auth/login', guess, from),
    () => app.call('POST', '//trpc/auth.login', guess, from),
    () => app.call('POST', '//trpc/auth.signIn', guess, from),
    () => owner.call('PUT', '/users/me/password', { currentPassword: PASSWORD, newPassword: 'another password of mine 7' }, from),
    () => owner.call('PUT', '/users/me/email', { email: 'other@example.test', password: PASSWORD }, from),
  ]
  for (let round = 0; round < 4; round++) for (const way of ways) expect(codeOf(await way())).not.toContain('429')
  for (const way of ways) expect(codeOf(await way())).toBe('429 rate.limited')
}, 120_000)

test('a flood of sign-ins waits in a queue with an end, and what does not fit is told to come again', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const codes = await Promise.all(
    Array.from({ length: 260 }, async (_, index) => {
      const answer = await visitor(app)('POST', '/auth/register', {
        email: `n${index}@example.test`,
        password: PASSWORD,
        name: 'N',
      })
      if (answer.status === 503) expect(answer.headers.get('retry-after')).toBe('2')
      return codeOf(answer)
    }),
  )
  expect(count(codes, '202') + count(codes, '503 auth.overloaded')).toBe(260)
  expect(count(codes, '503 auth.overloaded')).toBeGreaterThan(0)
  expect((await app.call('GET', '//healthz')).status).toBe(200)
}, 120_000)
