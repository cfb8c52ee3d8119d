import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import { setUpTotp } from '../../modules/auth/testing/authenticator.ts'
import { ORIGIN } from '../../modules/auth/testing/passkey-holder.ts'
import { cookiesOf } from '../../modules/auth/testing/provider-visit.ts'
import { startScriptedProviders } from '../../modules/auth/testing/scripted-providers.ts'
import { behindProxy } from '../../modules/auth/testing/visitor.ts'
import { eraseDue } from '../../modules/personal-data/erase-person.ts'
import { declaredProcedures } from '../../testing/declared-procedures.ts'
import { type Answer, callerOf, startTestApp, type TestPerson } from '../../testing/index.ts'
import { type LastStep, letsIn, type World, ways } from './ways.ts'

let world: World
beforeAll(async () => {
  const [clock, providers] = [manualClock(new Date()), await startScriptedProviders()]
  const environment = { ...behindProxy, TOLLKEEPER_URL: ORIGIN, ...providers.environment }
  world = { app: await startTestApp({ clock, environment }), clock, providers }
}, 120_000)
afterAll(async () => {
  await world.app[Symbol.asyncDispose]()
  await world.providers[Symbol.asyncDispose]()
})

const sessionsOf = async ({ userId }: TestPerson) =>
  (await world.app.services.pool.query('select id from session where user_id = $1 order by id', [userId])).rows.length

const provider = (way: string) => way.startsWith('GET ')
/** Ways in that prove both factors at once, or whose first step was of two already. */
const bothFactors = new Set(Object.keys(ways).filter((way) => /passkey|challenge/i.test(way)))

const take = ({ fields, send }: LastStep) => send(fields)

test('every procedure that begins a session is a way in that stands here', () => {
  const starting = declaredProcedures().flatMap(({ name, meta }) => (meta?.audit === 'session.started' ? [name] : []))
  expect(
    Object.keys(ways)
      .filter((way) => !provider(way))
      .sort(),
  ).toEqual(starting.sort())
})

test.each(Object.keys(ways))('%s lets in who took every step, and stands in their history', async (name) => {
  const person = await world.app.person()
  const last = await ways[name]!(world, person)
  const before = await sessionsOf(person)
  const answer = await take(last)
  expect([letsIn(answer), await sessionsOf(person)]).toEqual([true, before + 1])
  const { rows } = await world.app.services.pool.query<{ outcome: string }>(
    'select outcome from login_event where user_id = $1 order by id desc limit 1',
    [person.userId],
  )
  expect(rows).toEqual([{ outcome: 'success' }])
})

/** What may happen before the last step, after which nobody may come in by any way. */
const ends: Record<string, (person: TestPerson) => Promise<unknown>> = {
  'suspended them': async ({ userId }) => {
    const operator = await world.app.operator()
    const body = { status: 'suspended', reason: 'for the test' }
    expect((await operator.call('PUT', `/users/${userId}/status`, body)).status).toBe(200)
  },
  'erased them': async ({ userId }) => {
    const { services } = world.app
    await services.pool.query('update "user" set delete_after = $2 where id = $1', [userId, services.clock.now()])
    await eraseDue(services)
  },
}

const endings = Object.keys(ways).flatMap((name) => Object.keys(ends).map((end) => [name, end] as const))

test.each(endings.filter(([name, end]) => !(provider(name) && end === 'erased them')))(
  '%s lets nobody in once somebody %s before the last step',
  async (name, end) => {
    const person = await world.app.person()
    const last = await ways[name]!(world, person)
    await ends[end]!(person)
    const answer = await take(last)
    expect(answer.status).toBeLessThan(500)
    expect([letsIn(answer), await sessionsOf(person)]).toEqual([false, 0])
  },
)

/** The others are begun with a secret that a suspension drops, and then nobody knows whose it was. */
const knowWho = /login$|signIn$|^GET/
test.each(Object.keys(ways).filter((name) => knowWho.test(name) && !name.startsWith('auth.challenge')))(
  'that a suspended person tried %s stands in the history, with why',
  async (name) => {
    const person = await world.app.person()
    const last = await ways[name]!(world, person)
    await ends['suspended them']!(person)
    await take(last)
    const { rows } = await world.app.services.pool.query('select method, outcome, reason from login_event order by id desc limit 1')
    const method = /passkey|github|google/.exec(name)?.[0] ?? 'password'
    expect(rows).toEqual([{ method, outcome: 'failure', reason: 'suspended' }])
  },
)

test.each(Object.keys(ways).filter(provider))('by %s who was erased is somebody new, with nothing of before', async (name) => {
  const person = await world.app.person()
  const last = await ways[name]!(world, person)
  await ends['erased them']!(person)
  const call = callerOf(world.app.url, { cookie: cookiesOf(await take(last)) })
  const { user } = (await call('GET', '/users/me')).body as { user: { id: string; email: string } }
  expect(user.email).toBe(person.email)
  expect(user.id).not.toBe(person.userId)
  expect(await sessionsOf(person)).toBe(0)
})

test.each(Object.keys(ways).filter((name) => !bothFactors.has(name)))(
  '%s gives no session to who has set up a second factor before the last step',
  async (name) => {
    const person = await world.app.person()
    const last = await ways[name]!(world, person)
    await setUpTotp(person, world.clock)
    const before = await sessionsOf(person)
    expect([letsIn(await take(last)), await sessionsOf(person)]).toEqual([false, before])
  },
)

/** A password is no secret that is used up. */
const usedUp = Object.keys(ways).filter((name) => name !== 'auth.login' && name !== 'auth.signIn')

test.each(usedUp)('%s lets in once: the last step a second time gives nothing', async (name) => {
  const person = await world.app.person()
  const last = await ways[name]!(world, person)
  expect(letsIn(await take(last))).toBe(true)
  const before = await sessionsOf(person)
  expect([letsIn(await take(last)), await sessionsOf(person)]).toEqual([false, before])
})

function oneAway(value: unknown): unknown {
  if (typeof value !== 'string') return {}
  const last = value.at(-1)!
  return value.slice(0, -1) + (/\d/.test(last) ? (Number(last) + 1) % 10 : last === 'a' ? 'b' : 'a')
}

/** What may be sent in place of a right value. */
const spoilt: Record<string, (fields: Record<string, unknown>, name: string) => Record<string, unknown>> = {
  'left out': (fields, name) => Object.fromEntries(Object.entries(fields).filter(([other]) => other !== name)),
  null: (fields, name) => ({ ...fields, [name]: null }),
  empty: (fields, name) => ({ ...fields, [name]: '' }),
  'sent twice': (fields, name) => ({ ...fields, [name]: [fields[name], fields[name]] }),
  'one character away': (fields, name) => ({ ...fields, [name]: oneAway(fields[name]) }),
}

async function eventsOnRecord(): Promise<number> {
  const { rows } = await world.app.services.pool.query<{ events: number }>('select count(*)::int as events from login_event')
  return rows[0]!.events
}

/** The code of a failure: over REST, over tRPC, or of the page that a browser is sent to. */
function codeIn({ body, headers }: Answer): string {
  const { code, error } = (body ?? {}) as { code?: string; error?: { data: { code: string } } }
  return code ?? error?.data.code ?? new URL(headers.get('location') ?? '', ORIGIN).searchParams.get('error') ?? ''
}

/** A request that cannot be read is no attempt. */
function isJudged(answer: Answer): boolean {
  return answer.status !== 404 && !codeIn(answer).startsWith('input.')
}

test.each(Object.keys(ways))(
  '%s lets nobody in without each thing it asks for, whatever stands in its place, and each attempt is on record',
  async (name) => {
    const [opened, unrecorded]: [string[], string[]] = [[], []]
    const { fields: all } = await ways[name]!(world, await world.app.person())
    for (const [how, spoil] of Object.entries(spoilt)) {
      for (const field of Object.keys(all)) {
        // the mailbox shows the newest two hundred, and of one moment all are as new
        world.clock.advance(1)
        const person = await world.app.person()
        const { fields, send } = await ways[name]!(world, person)
        const before = await sessionsOf(person)
        const events = await eventsOnRecord()
        const answer = await send(spoil(fields, field))
        const refused = answer.status < 500 && !letsIn(answer) && (await sessionsOf(person)) === before
        if (!refused) opened.push(`${field} ${how}: ${answer.status}`)
        if (isJudged(answer) && (await eventsOnRecord()) === events) unrecorded.push(`${field} ${how}: ${codeIn(answer)}`)
      }
    }
    expect(opened).toEqual([])
    expect(unrecorded).toEqual([])
  },
  60_000,
)
