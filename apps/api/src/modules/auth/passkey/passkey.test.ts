import { Passkey } from '@tollkeeper/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { inSystem } from '../../../kernel/in-transaction.ts'
import { type Answer, callerOf, startTestApp, type TestApp, type TestPerson } from '../../../testing/index.ts'
import { softwarePasskey } from '../testing/software-passkey.ts'
import { behindProxy, mailsTo, refusal, visitor } from '../testing/visitor.ts'

const ORIGIN = 'http://localhost:4000'

let clock: ReturnType<typeof manualClock>
let app: TestApp
beforeAll(async () => {
  clock = manualClock('2026-11-23T10:00:00Z')
  app = await startTestApp({ clock, environment: { ...behindProxy, TOLLKEEPER_URL: ORIGIN } })
})
afterAll(() => app[Symbol.asyncDispose]())

type Device = ReturnType<typeof softwarePasskey>
type Options = Parameters<Device['get']>[0]

const optionsOf = ({ body }: Answer) => body as Options
const signInOptions = async () => optionsOf(await visitor(app)('POST', '/auth/passkey/options'))
const login = (credential: unknown) => visitor(app)('POST', '/auth/passkey', { credential })

/** A person with one passkey, made as their browser would. */
async function personWithPasskey(): Promise<{ person: TestPerson; device: Device; id: string }> {
  const [person, device] = [await app.person(), softwarePasskey()]
  const made = device.create(optionsOf(await person.call('POST', '/users/me/passkeys/options')), { origin: ORIGIN })
  const added = await person.call('POST', '/users/me/passkeys', { credential: made })
  expect(added.status).toBe(201)
  return { person, device, id: (added.body as { id: string }).id }
}

test('a passkey that was added lets in, counts as both factors, and stands in the history by its name', async () => {
  const { person, device } = await personWithPasskey()
  // ids of one millisecond have no order
  clock.advance(1_000)
  const answer = await login(device.get(await signInOptions(), { origin: ORIGIN }))
  expect(answer).toMatchObject({ status: 200, body: { user: { id: person.userId } } })
  const { rows } = await app.services.pool.query(
    `select s.second_factor, (select method from login_event where user_id = s.user_id order by id desc limit 1) as method
     from session s where user_id = $1 order by s.id desc limit 1`,
    [person.userId],
  )
  expect(rows).toEqual([{ second_factor: 'passkey', method: 'passkey' }])
})

test('a browser gets its session in the cookie alone', async () => {
  const { person, device } = await personWithPasskey()
  const credential = device.get(await signInOptions(), { origin: ORIGIN })
  const answer = await visitor(app)('POST', '//trpc/auth.passkey.signIn', { credential }, { origin: ORIGIN })
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const me = await callerOf(app.url, { cookie })('GET', '/users/me')
  expect(me).toMatchObject({ status: 200, body: { user: { id: person.userId } } })
  expect(JSON.stringify(answer.body)).not.toContain('accessToken')
})

test('what asks for a passkey names none, so it tells nobody who has one', async () => {
  await personWithPasskey()
  const { publicKey } = await signInOptions()
  expect(Object.keys(publicKey).sort()).toEqual(['challenge', 'rpId', 'timeout', 'userVerification'])
  expect(publicKey).toMatchObject({ rpId: 'localhost', userVerification: 'required' })
})

/** What an attacker, or a broken device, may send instead of a right answer. */
const wrongAnswers: [what: string, forge: (device: Device, options: Options, other: Device) => unknown][] = [
  ['signed on a page of another origin', (device, options) => device.get(options, { origin: 'https://evil.example' })],
  ['signed on a page of the host with another port', (device, options) => device.get(options, { origin: 'http://localhost:4001' })],
  ['signed for another site', (device, options) => device.get(options, { origin: ORIGIN, rpId: 'evil.example' })],
  ['with the handle of somebody else', (device, options) => device.get(options, { origin: ORIGIN, userHandle: 'dXNyX290aGVy' })],
  ['with a counter that went back', (device, options) => device.get(options, { origin: ORIGIN, counter: 1 })],
  ['without asking the person', (device, options) => device.get(options, { origin: ORIGIN, verified: false })],
  [
    'over a challenge nobody gave',
    (device, options) => device.get(options, { origin: ORIGIN, challenge: 'bm9ib2R5IGdhdmUgdGhpcyBjaGFsbGVuZ2U' }),
  ],
  [
    'with the signature of another device',
    (device, options, other) => {
      const [right, wrong] = [device.get(options, { origin: ORIGIN }), other.get(options, { origin: ORIGIN })]
      return { ...right, response: { ...right.response, signature: wrong.response.signature } }
    },
  ],
  ['by a device nobody added', (_device, options, other) => other.get(options, { origin: ORIGIN, userHandle: 'dXNyX290aGVy' })],
  [
    'with data that is no JSON',
    (device, options) => {
      const right = device.get(options, { origin: ORIGIN })
      return { ...right, response: { ...right.response, clientDataJSON: 'bm9uc2Vuc2U' } }
    },
  ],
]

test.each(wrongAnswers)('an answer %s is refused, in the same words as any other', async (_what, forge) => {
  const { device, person } = await personWithPasskey()
  await login(device.get(await signInOptions(), { origin: ORIGIN, counter: 5 }))
  const answer = await login(forge(device, await signInOptions(), softwarePasskey()))
  expect(refusal(answer)).toEqual({
    ...(refusal(await login(softwarePasskey().get(await signInOptions(), { origin: ORIGIN, userHandle: 'eA' }))) as object),
    status: 401,
    code: 'auth.passkey_refused',
  })
  const { rows } = await app.services.pool.query('select 1 from session where user_id = $1', [person.userId])
  expect(rows).toHaveLength(2)
})

test('an answer works once: replayed, it is refused, also with a challenge of its own time', async () => {
  const { device } = await personWithPasskey()
  const answer = device.get(await signInOptions(), { origin: ORIGIN })
  expect((await login(answer)).status).toBe(200)
  expect((await login(answer)).status).toBe(401)
})

test('of fifty answers to one challenge at once, on two nodes, one is taken', async () => {
  await using second = await app.secondNode()
  const { device } = await personWithPasskey()
  const credential = device.get(await signInOptions(), { origin: ORIGIN })
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => visitor(index % 2 ? app : second)('POST', '/auth/passkey', { credential })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(49).fill(401)])
})

test('of two answers with one counter, to two challenges at once, one is taken', async () => {
  const { device } = await personWithPasskey()
  const options = await Promise.all([signInOptions(), signInOptions()])
  const answers = await Promise.all(options.map((asked) => login(device.get(asked, { origin: ORIGIN, counter: 9 }))))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
})

test('a challenge is over after five minutes, and one to add a passkey lets nobody in', async () => {
  const { device, person } = await personWithPasskey()
  const late = device.get(await signInOptions(), { origin: ORIGIN })
  const { publicKey } = optionsOf(await person.call('POST', '/users/me/passkeys/options'))
  const confused = device.get({ publicKey: { ...publicKey, rpId: 'localhost' } }, { origin: ORIGIN })
  expect((await login(confused)).status).toBe(401)
  clock.advance(300_000)
  expect((await login(late)).status).toBe(401)
})

test('every failure of a known passkey stands in the history of its owner', async () => {
  const { device, person } = await personWithPasskey()
  await login(device.get(await signInOptions(), { origin: 'https://evil.example' }))
  const { body } = await person.call('GET', '/users/me/login-history')
  expect((body as { rows: unknown[] }).rows[0]).toMatchObject({ method: 'passkey', outcome: 'failure', reason: 'passkey_refused' })
})

test('a passkey is added only in the session that asked for its options', async () => {
  const [owner, thief] = [await app.person(), await app.person()]
  const made = softwarePasskey().create(optionsOf(await owner.call('POST', '/users/me/passkeys/options')), { origin: ORIGIN })
  const stolen = await thief.call('POST', '/users/me/passkeys', { credential: made })
  expect(refusal(stolen)).toMatchObject({ status: 401, code: 'auth.passkey_refused' })
  expect((await owner.call('POST', '/users/me/passkeys', { credential: made })).status).toBe(401)
  const elsewhere = softwarePasskey().create(optionsOf(await owner.call('POST', '/users/me/passkeys/options')), {
    origin: 'https://evil.example',
  })
  expect((await owner.call('POST', '/users/me/passkeys', { credential: elsewhere })).status).toBe(401)
})

test('one device is added once, and to one account', async () => {
  const { device } = await personWithPasskey()
  const other = await app.person()
  const again = device.create(optionsOf(await other.call('POST', '/users/me/passkeys/options')), { origin: ORIGIN })
  const answer = await other.call('POST', '/users/me/passkeys', { credential: again })
  expect(refusal(answer)).toMatchObject({ status: 401, code: 'auth.passkey_refused' })
})

test('a person lists, renames and removes their passkeys, and is told by mail of one that came or went', async () => {
  const { device, person, id } = await personWithPasskey()
  const renamed = await person.call('PUT', `/users/me/passkeys/${id}`, { name: 'My phone' })
  expect(renamed).toMatchObject({ status: 200, body: { name: 'My phone', lastUsedAt: null } })
  expect((await person.call('GET', '/users/me/passkeys')).body).toMatchObject({ passkeys: [{ id, name: 'My phone' }] })
  expect((await person.call('DELETE', `/users/me/passkeys/${id}`)).status).toBe(200)
  expect((await person.call('GET', '/users/me/passkeys')).body).toEqual({ passkeys: [] })
  expect((await login(device.get(await signInOptions(), { origin: ORIGIN }))).status).toBe(401)
  const subjects = (await mailsTo(app, person.email)).map(({ subject }) => subject)
  expect(subjects).toEqual(expect.arrayContaining(['There is a new way into your account', 'A way into your account was removed']))
})

test("another person's passkey is answered like none, and stays as it is", async () => {
  const [{ id }, stranger] = [await personWithPasskey(), await app.person()]
  const row = () => inSystem(app.services, (em) => em.findOneOrFail(Passkey, { id }))
  const before = await row()
  for (const [method, body] of [['PUT', { name: 'Mine' }] as const, ['DELETE', undefined] as const]) {
    const theirs = refusal(await stranger.call(method, `/users/me/passkeys/${id}`, body))
    const none = refusal(await stranger.call(method, '/users/me/passkeys/psk_00000000000000000000000000', body))
    expect(theirs).toEqual(none)
    expect(theirs).toMatchObject({ status: 404 })
  }
  expect(await row()).toEqual(before)
})

test('a server that is reached by an IP address has no passkeys, and says so', async () => {
  await using bare = await startTestApp({ environment: { TOLLKEEPER_URL: 'http://127.0.0.1:4000' } })
  expect((await bare.call('GET', '/auth/ways-in')).body).toMatchObject({ passkeys: false })
  expect(refusal(await bare.call('POST', '/auth/passkey/options'))).toMatchObject({
    status: 409,
    code: 'auth.passkeys_unavailable',
  })
})
