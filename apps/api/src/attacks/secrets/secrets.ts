import { randomBytes } from 'node:crypto'
import { firstStep, setUpTotp } from '../../modules/auth/testing/authenticator.ts'
import { askSignInMail, mailedStepUpCode, signInWithoutPassword } from '../../modules/auth/testing/sign-in-mail.ts'
import { mailsTo, visitor } from '../../modules/auth/testing/visitor.ts'
import { inviteTo, openTeam } from '../../modules/tenant/testing/team.ts'
import { type Answer, callerOf, type TestApp, type TestPerson, verificationToken } from '../../testing/index.ts'
import { codeBeside } from './second-steps.ts'
import type { Secret } from './secret.ts'

/** Every secret there is. What is mailed, shown or sent to somebody, and lets them do something, stands here. */
export const secrets: readonly Secret[] = [
  {
    name: 'the token of a registration',
    issue: async (app, { password }) => {
      const email = unusedAddress()
      wanted(await app.call('POST', '/auth/register', { email, password, name: 'New' }), 202)
      return verificationToken(app.call, email)
    },
    opens: ['verify an address', 'confirm a registration'],
    atOnce: 'one',
    personal: false,
  },
  {
    name: 'the link that sets a password',
    issue: async (app, { email }) => {
      wanted(await visitor(app)('POST', '/auth/forgot-password', { email }), 202)
      return mailed(app, email, '/reset-password')
    },
    opens: ['reset the password'],
    atOnce: 'one',
    personal: true,
  },
  {
    name: 'the link that proves a new address',
    issue: async (app, person) => {
      const email = unusedAddress()
      wanted(await person.call('PUT', '/users/me/email', { email, password: person.password }), 202)
      return mailed(app, email, '/confirm-email')
    },
    opens: ['confirm a new address'],
    atOnce: 'one',
    personal: true,
  },
  {
    name: 'the link that stops a change of address',
    issue: async (app, person) => {
      wanted(await person.call('PUT', '/users/me/email', { email: unusedAddress(), password: person.password }), 202)
      return mailed(app, person.email, '/cancel-email-change')
    },
    opens: ['cancel a change of address'],
    atOnce: 'one',
    personal: true,
  },
  {
    name: 'the link that ends a sign-in from a new device',
    issue: async (app, { email, password }) => {
      const far = visitor(app)
      wanted(
        await far('POST', '/auth/login', { email, password }, { 'user-agent': `Thief${randomBytes(3).toString('hex')}/1` }),
        200,
      )
      return mailed(app, email, '/not-me')
    },
    opens: ['disown a sign-in'],
    atOnce: 'one',
    personal: true,
  },
  {
    name: 'the code of an approved device',
    issue: async (app, person) => {
      const { deviceCode, userCode } = wanted(await app.call('POST', '/auth/device/code', {}), 200) as Record<string, string>
      wanted(await person.call('POST', '//trpc/auth.device.approve', { userCode }), 200)
      return deviceCode!
    },
    opens: ['poll for a device'],
    atOnce: 'one',
    personal: true,
  },
  {
    name: 'a refresh token',
    issue: async (app, person) => (await anotherSignIn(app, person)).refreshToken,
    opens: ['refresh'],
    atOnce: 'all',
    personal: true,
  },
  {
    name: 'the link of an invitation',
    issue: async (app, person) => {
      const tenantId = await openTeam(app, person)
      return (await inviteTo(app, person, tenantId, { email: unusedAddress() })).token
    },
    opens: ['register as who was invited', 'accept an invitation', 'decline an invitation', 'read an invitation'],
    atOnce: 'one',
    personal: false,
  },
  {
    name: 'a sign-in that waits for its second factor',
    // of somebody else, as the second factor changes how every other secret here is come by
    issue: async (app, _person, clock) => {
      const person = await app.person('Cautious')
      const totp = await setUpTotp(person, clock)
      const token = await firstStep(visitor(app), person)
      codeBeside.set(token, totp.nextCode())
      return token
    },
    opens: ['finish a sign-in'],
    atOnce: 'one',
    personal: false,
  },
  {
    name: 'the link of a sign-in mail',
    issue: async (app, { email }) => (await askSignInMail(app, visitor(app), email)).token,
    opens: ['sign in by a mailed link'],
    atOnce: 'one',
    personal: true,
  },
  {
    name: 'the code of a sign-in mail, where it was asked for',
    issue: async (app, { email }) => {
      const { attempt, code } = await askSignInMail(app, visitor(app), email)
      codeBeside.set(attempt, code)
      return attempt
    },
    opens: ['sign in by a mailed code'],
    atOnce: 'one',
    personal: true,
  },
  {
    name: 'the code that proves again who one is',
    // of somebody else, as it takes a person without a password
    issue: async (app) => {
      const { accessToken, call, email } = await signInWithoutPassword(app)
      const code = await mailedStepUpCode(app, call, email)
      codeBeside.set(code, accessToken)
      return code
    },
    opens: ['prove again who one is'],
    atOnce: 'one',
    personal: false,
  },
  {
    name: 'an access token',
    issue: async (app, person) => (await anotherSignIn(app, person)).accessToken,
    opens: ['a bearer token'],
    atOnce: null,
    personal: true,
  },
  {
    name: 'the cookie of a session',
    issue: async (app, { email, password }) => {
      const { headers } = await visitor(app)('POST', '//trpc/auth.signIn', { email, password })
      const cookie = headers.getSetCookie().find((line) => line.startsWith('tollkeeper.session='))!
      return decodeURIComponent(cookie.split(';')[0]!.split('=')[1]!)
    },
    opens: ["the session's cookie"],
    atOnce: null,
    personal: true,
  },
  {
    name: 'the token of an operator who acts as somebody',
    issue: async (app, { userId }) => {
      const operator = await app.operator()
      const answer = await operator.call('POST', `/users/${userId}/impersonate`, { reason: 'to see what they see' })
      return (wanted(answer, 201) as { accessToken: string }).accessToken
    },
    opens: ['a bearer token'],
    atOnce: null,
    personal: true,
  },
  {
    name: 'the link by which an operator enters a browser as somebody',
    issue: async (app, { userId }) => {
      const operator = await app.operator()
      const answer = await operator.call('POST', `/users/${userId}/impersonate`, { reason: 'to see what they see' })
      return new URL((wanted(answer, 201) as { link: string }).link).searchParams.get('token')!
    },
    opens: ['enter a browser as somebody'],
    atOnce: 'one',
    personal: true,
  },
  {
    name: 'an API key',
    issue: async (app, person) => (await app.key(person, { scopes: ['billing:read'] })).secret,
    opens: ['a bearer token', 'the X-Api-Key header'],
    atOnce: null,
    personal: false,
  },
]

/** The token of the newest mail to an address that leads to a path. */
async function mailed(app: TestApp, address: string, path: string): Promise<string> {
  for (const { text } of await mailsTo(app, address)) {
    const token = new RegExp(`${path}[?]token=([^\\s"&]+)`).exec(text)?.[1]
    if (token) return decodeURIComponent(token)
  }
  throw new Error(`No mail to ${address} leads to ${path}`)
}

async function anotherSignIn(app: Pick<TestApp, 'url'>, { email, password }: TestPerson) {
  const call = callerOf(app.url, {})
  return wanted(await call('POST', '/auth/login', { email, password }), 200) as { accessToken: string; refreshToken: string }
}

function unusedAddress(): string {
  return `unused-${randomBytes(6).toString('hex')}@example.test`
}

function wanted({ status, body }: Answer, expected: number): unknown {
  if (status !== expected) throw new Error(`Expected ${expected}, got ${status}: ${JSON.stringify(body)}`)
  const { result } = body as { result?: { data: unknown } }
  return result ? result.data : body
}
