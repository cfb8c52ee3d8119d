import type { SignedIn } from '@tollkeeper/shared'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { callerOf, startTestApp, type TestApp } from '../../../testing/index.ts'
import { setUpTotp } from '../testing/authenticator.ts'
import { addPasskey, ORIGIN, type optionsOf, usePasskey } from '../testing/passkey-holder.ts'
import { cookiesOf, visitProvider } from '../testing/provider-visit.ts'
import { type ScriptedProviders, startScriptedProviders } from '../testing/scripted-providers.ts'

const clock = manualClock('2026-11-25T10:00:00Z')
let providers: ScriptedProviders
let app: TestApp
beforeAll(async () => {
  providers = await startScriptedProviders()
  app = await startTestApp({ clock, environment: { TOLLKEEPER_URL: ORIGIN, ...providers.environment } })
}, 120_000)
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await providers[Symbol.asyncDispose]()
})

const agreed = {
  github: (email: string) =>
    providers.github.agree({ id: 583231, login: 'octocat', emails: [{ email, primary: true, verified: true }] }),
  google: (email: string) => providers.google.agree({ sub: 'gloria', email, email_verified: true, name: 'Gloria' }),
}
const browser = (cookie: string) => callerOf(app.url, { cookie, origin: ORIGIN })
const sessionsOf = async (userId: string) =>
  (await app.services.pool.query('select 1 from session where user_id = $1 and expires_at > created_at', [userId])).rows.length

test.each(['github', 'google'] as const)(
  'who comes back from %s and has an authenticator app gets no session, only the second step, and its code finishes the sign-in',
  async (provider) => {
    const email = `${provider}-app@example.test`
    const call = browser(cookiesOf(await visitProvider(app, provider, agreed[provider](email))))
    const { user } = (await call('GET', '/users/me')).body as SignedIn
    const totp = await setUpTotp({ call }, clock)
    const before = await sessionsOf(user.id)

    const back = await visitProvider(app, provider, agreed[provider](email))
    expect(back.status).toBe(302)
    expect(new URL(back.headers.get('location')!, ORIGIN).pathname).toBe('/sign-in/second-step')
    const names = cookiesOf(back)
      .split('; ')
      .map((pair) => pair.split('=')[0])
    expect(names).toContain('tollkeeper.challenge')
    expect(names).not.toContain('tollkeeper.session')
    expect(await sessionsOf(user.id)).toBe(before)
    const half = browser(cookiesOf(back))
    expect((await half('GET', '/users/me')).status).toBe(401)

    const wrong = await half('POST', '//trpc/auth.challenge.signIn', { method: 'totp', code: '000000' })
    expect([wrong.status, await sessionsOf(user.id)]).toEqual([403, before])
    const done = await half('POST', '//trpc/auth.challenge.signIn', { method: 'totp', code: totp.nextCode() })
    expect(done.status).toBe(200)
    expect(await browser(cookiesOf(done))('GET', '/users/me')).toMatchObject({ status: 200, body: { user: { id: user.id } } })
    expect(await sessionsOf(user.id)).toBe(before + 1)
  },
  60_000,
)

test('where a passkey is the second step, coming back from a provider asks for it all the same', async () => {
  const email = 'github-passkey@example.test'
  const agree = () => providers.github.agree({ id: 99, login: 'key', emails: [{ email, primary: true, verified: true }] })
  const call = browser(cookiesOf(await visitProvider(app, 'github', agree())))
  const { device } = await addPasskey(call)
  expect((await usePasskey(call, device, '/users/me/second-factor/passkeys')).status).toBe(200)
  const back = await visitProvider(app, 'github', agree())
  const half = browser(cookiesOf(back))
  expect((await half('GET', '/users/me')).status).toBe(401)
  const asked = (await half('POST', '//trpc/auth.challenge.passkeyOptions', {})).body as {
    result: { data: ReturnType<typeof optionsOf> }
  }
  const credential = device.get(asked.result.data, { origin: ORIGIN })
  const done = await half('POST', '//trpc/auth.challenge.signInWithPasskey', { credential })
  expect(done.status).toBe(200)
  expect((await browser(cookiesOf(done))('GET', '/users/me')).status).toBe(200)
}, 60_000)
