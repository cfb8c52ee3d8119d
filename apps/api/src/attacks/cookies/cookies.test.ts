import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mailsTo, tokenIn } from '../../modules/auth/testing/visitor.ts'
import { inviteTo, openTeam } from '../../modules/tenant/testing/team.ts'
import { declaredProcedures } from '../../testing/declared-procedures.ts'
import { sampleInput } from '../../testing/sample-input.ts'
import { Browser, CALLBACK, type SetCookie } from './browser.ts'
import { scenes } from './scenes.ts'
import { openWorld, somebody, type World } from './world.ts'

const declared = declaredProcedures().flatMap(({ name, meta }) => (meta?.setsCookie ? [name] : []))

/** No page can read it, no other site brings it, and in production it is bound to this host and to TLS. */
function assertGuarded({ by, line }: SetCookie, production: boolean): void {
  const [pair, ...attributes] = line.split('; ')
  const flags = attributes.map((attribute) => attribute.toLowerCase())
  const wanted = ['path=/', 'httponly', 'samesite=lax', ...(production ? ['secure'] : [])]
  expect(pair, by).toMatch(production ? /^__Host-tollkeeper\.\w+=/ : /^tollkeeper\.\w+=/)
  expect(flags.filter((flag) => !flag.startsWith('max-age=')).sort(), `${by}: ${line}`).toEqual(wanted.sort())
  expect(line.length, by).toBeLessThan(4_096)
  // what is taken away holds nothing
  expect(pair!.endsWith('='), `${by}: ${line}`).toBe(flags.includes('max-age=0'))
}

describe.each(['production', 'development'] as const)('in %s', (mode) => {
  let world: World
  const walked: SetCookie[] = []
  beforeAll(async () => {
    world = await openWorld(mode)
  }, 120_000)
  afterAll(() => world[Symbol.asyncDispose]())

  test.each(Object.entries(scenes))(
    '%s: a cookie is guarded, a session is never one the browser held before, and what it held before is dead',
    async (_name, scene) => {
      // somebody else was here first, or has put their session there
      const browser = await signedInBrowser(world)
      const who = await scene(browser, world)
      walked.push(...browser.set)
      for (const cookie of browser.set) assertGuarded(cookie, world.production)
      expect(new Set(browser.sessions).size).toBe(browser.sessions.length)
      const { status, body } = await browser.rest()('GET', '/users/me')
      expect(status === 200 ? (body as { user: { email: string } }).user.email : null).toBe(who)
      const held = browser.holds('session')
      expect(held).toBe(who === null ? undefined : browser.sessions.at(-1))
      for (const session of browser.sessions) expect(await browser.statusOf(session)).toBe(session === held ? 200 : 401)
    },
    60_000,
  )

  test('every procedure and route that sets a cookie was walked through', () => {
    expect([...new Set(walked.map(({ by }) => by))].sort()).toEqual([...declared, CALLBACK].sort())
  })
})

test('of the whole router nothing sets a cookie that does not say so, and each cookie is guarded', async () => {
  await using world = await openWorld('production')
  const found: SetCookie[] = []
  let browser = await signedInBrowser(world)
  for (const { name, type, input } of declaredProcedures()) {
    if ((await browser.rest()('GET', '/users/me')).status !== 200) browser = await signedInBrowser(world)
    const sample = sampleInput(input, {}) ?? {}
    const begun = browser.set.length
    const query = `//trpc/${name}?input=${encodeURIComponent(JSON.stringify(sample))}`
    await (type === 'query' ? browser.rest(name)('GET', query) : browser.rest(name)('POST', `//trpc/${name}`, sample))
    found.push(...browser.set.slice(begun))
  }
  expect(found.length).toBeGreaterThan(2)
  for (const cookie of found) assertGuarded(cookie, world.production)
  expect(found.filter(({ by }) => !declared.includes(by))).toEqual([])
}, 120_000)

async function signedInBrowser(world: World): Promise<Browser> {
  const { email, password } = await somebody(world)
  const browser = new Browser(world)
  await browser.call('auth.signIn', { email, password })
  return browser
}

test('who is not a browser gets no cookie: by a login, a refresh, a device, a proved address or an invitation', async () => {
  await using world = await openWorld('development')
  const { app } = world
  const host = await app.person('Holly')
  const answers = [
    await app.call('POST', '/auth/login', { email: host.email, password: host.password }),
    await app.call('POST', '/auth/refresh', { refreshToken: host.refreshToken }),
  ]
  const device = await app.call('POST', '/auth/device/code', { client: 'cli' })
  const { deviceCode, userCode } = device.body as { deviceCode: string; userCode: string }
  answers.push(device, await host.call('POST', '//trpc/auth.device.approve', { userCode }))
  answers.push(await app.call('POST', '/auth/device/token', { deviceCode }))
  const [invited, registered] = ['invited@example.test', 'registered@example.test']
  const { token } = await inviteTo(app, host, await openTeam(app, host), { email: invited })
  const password = 'orchard lantern 57 quartz'
  answers.push(await app.call('POST', '/invitations/register', { token, name: 'Ivy', password }))
  answers.push(await app.call('POST', '/auth/register', { email: registered, name: 'Rex', password }))
  const [verification] = await mailsTo(app, registered)
  const proof = { token: tokenIn(verification!), password }
  answers.push(await app.call('POST', '/auth/verify-email', proof))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 201, 202, 200])
  expect(answers.flatMap(({ headers }) => headers.getSetCookie())).toEqual([])
}, 60_000)
