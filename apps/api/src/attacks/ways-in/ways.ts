import { firstStep, type MovedClock, setUpTotp } from '../../modules/auth/testing/authenticator.ts'
import { addPasskey, ORIGIN, optionsOf, usePasskey } from '../../modules/auth/testing/passkey-holder.ts'
import { cookiesOf, linkProvider, type WayOut, wayOutOf } from '../../modules/auth/testing/provider-visit.ts'
import type { ScriptedProviders } from '../../modules/auth/testing/scripted-providers.ts'
import { askSignInMail } from '../../modules/auth/testing/sign-in-mail.ts'
import { visitor } from '../../modules/auth/testing/visitor.ts'
import { type Answer, callerOf, type TestApp, type TestPerson } from '../../testing/index.ts'

export interface World {
  app: TestApp
  clock: MovedClock
  providers: ScriptedProviders
}

/** The last step of a way in: what is sent, and how. */
export interface LastStep {
  fields: Record<string, unknown>
  send(fields: Record<string, unknown>): Promise<Answer>
}

/** Does everything but the last step of a way in. */
export type Way = (world: World, person: TestPerson) => Promise<LastStep>

/** Every way that ends in a session, by the procedure or route of its last step. */
export const ways: Record<string, Way> = {
  'auth.login': async ({ app }, { email, password }) => {
    return { fields: { email, password }, send: (fields) => visitor(app)('POST', '/auth/login', fields) }
  },
  'auth.signIn': async (world, { email, password }) => {
    return { fields: { email, password }, send: (fields) => browse(world, 'auth.signIn', fields) }
  },
  'auth.mail.loginWithCode': async ({ app }, { email }) => {
    const { attempt, code } = await askSignInMail(app, visitor(app), email)
    return { fields: { attempt, code }, send: (fields) => visitor(app)('POST', '/auth/mail/code', fields) }
  },
  'auth.mail.signInWithCode': async (world, { email }) => {
    const { attempt, code } = await askSignInMail(world.app, visitor(world.app), email)
    return { fields: { attempt, code }, send: (fields) => browse(world, 'auth.mail.signInWithCode', fields) }
  },
  'auth.mail.loginWithLink': async ({ app }, { email }) => {
    const { token } = await askSignInMail(app, visitor(app), email)
    return { fields: { token }, send: (fields) => visitor(app)('POST', '/auth/mail/link', fields) }
  },
  'auth.mail.signInWithLink': async (world, { email }) => {
    const { token } = await askSignInMail(world.app, visitor(world.app), email)
    return { fields: { token }, send: (fields) => browse(world, 'auth.mail.signInWithLink', fields) }
  },
  'auth.passkey.login': async (world, person) => {
    const credential = await passkeyAnswer(world, person)
    return { fields: { credential }, send: (fields) => visitor(world.app)('POST', '/auth/passkey', fields) }
  },
  'auth.passkey.signIn': async (world, person) => {
    const credential = await passkeyAnswer(world, person)
    return { fields: { credential }, send: (fields) => browse(world, 'auth.passkey.signIn', fields) }
  },
  'auth.device.poll': async ({ app }, { call }) => {
    const { body } = await visitor(app)('POST', '/auth/device/code', { client: 'cli' })
    const { deviceCode, userCode } = body as { deviceCode: string; userCode: string }
    await call('POST', '//trpc/auth.device.approve', { userCode })
    return { fields: { deviceCode }, send: (fields) => visitor(app)('POST', '/auth/device/token', fields) }
  },
  'auth.challenge.login': async ({ app, clock }, person) => {
    const totp = await setUpTotp(person, clock)
    const token = await firstStep(visitor(app), person)
    const code = totp.nextCode()
    return { fields: { method: 'totp', code }, send: (fields) => bearer(app, token)('POST', '/auth/challenge', fields) }
  },
  'auth.challenge.signIn': async (world, person) => {
    const totp = await setUpTotp(person, world.clock)
    const cookie = await firstStepInBrowser(world, person)
    const code = totp.nextCode()
    return { fields: { method: 'totp', code }, send: (fields) => browse(world, 'auth.challenge.signIn', fields, cookie) }
  },
  'auth.challenge.loginWithPasskey': async ({ app }, person) => {
    const { device } = await addPasskey(person.call)
    await usePasskey(person.call, device, '/users/me/second-factor/passkeys')
    const call = bearer(app, await firstStep(visitor(app), person))
    const options = optionsOf(await call('POST', '/auth/challenge/passkey/options'))
    const credential = device.get(options, { origin: ORIGIN })
    return { fields: { credential }, send: (fields) => call('POST', '/auth/challenge/passkey', fields) }
  },
  'auth.challenge.signInWithPasskey': async (world, person) => {
    const { device } = await addPasskey(person.call)
    await usePasskey(person.call, device, '/users/me/second-factor/passkeys')
    const cookie = await firstStepInBrowser(world, person)
    const asked = await browse(world, 'auth.challenge.passkeyOptions', {}, cookie)
    const { data } = (asked.body as { result: { data: ReturnType<typeof optionsOf> } }).result
    const credential = device.get(data, { origin: ORIGIN })
    return { fields: { credential }, send: (fields) => browse(world, 'auth.challenge.signInWithPasskey', fields, cookie) }
  },
  'GET /api/auth/callback/github': async ({ app, providers }, { email, call }) => {
    const id = ++githubIds
    const agree = () => providers.github.agree({ id, login: 'ada', emails: [{ email, primary: true, verified: true }] })
    await linkProvider(app, 'github', agree(), call)
    const way = wayOutOf(await visitor(app)('GET', '/auth/oauth/github/authorize'))
    return backFrom(app, 'github', agree(), way)
  },
  'GET /api/auth/callback/google': async ({ app, providers }, { email, call }) => {
    const agree = () => providers.google.agree({ sub: `sub of ${email}`, email, email_verified: true })
    await linkProvider(app, 'google', agree(), call)
    const way = wayOutOf(await visitor(app)('GET', '/auth/oauth/google/authorize'))
    return backFrom(app, 'google', agree(), way)
  },
}

let githubIds = 0

/** What a page of ours calls. */
function browse({ app }: World, procedure: string, body: object, cookie?: string): Promise<Answer> {
  return visitor(app)('POST', `//trpc/${procedure}`, body, { origin: ORIGIN, ...(cookie ? { cookie } : {}) })
}

/** The way back from a provider; a field that is a list comes as often as it has values. */
function backFrom({ url }: TestApp, provider: string, code: string, { state, cookie }: WayOut): LastStep {
  return {
    fields: { code, state },
    send: (fields) => {
      const query = new URLSearchParams()
      for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) query.append(name, String(one))
      return callerOf(url, { cookie })('GET', `//api/auth/callback/${provider}?${query}`)
    },
  }
}

const bearer = ({ url }: TestApp, token: string) => callerOf(url, { authorization: `Bearer ${token}` })

async function firstStepInBrowser(world: World, { email, password }: TestPerson): Promise<string> {
  return cookiesOf(await browse(world, 'auth.signIn', { email, password }))
}

async function passkeyAnswer({ app }: World, { call }: TestPerson) {
  const { device } = await addPasskey(call)
  return device.get(optionsOf(await visitor(app)('POST', '/auth/passkey/options')), { origin: ORIGIN })
}

/** Whether an answer carries a session, however it does. */
export function letsIn(answer: Answer): boolean {
  const told = JSON.stringify(answer.body ?? null)
  return /tollkeeper\.session=[^;]/.test(answer.headers.getSetCookie().join('\n')) || /accessToken|refreshToken/.test(told)
}
