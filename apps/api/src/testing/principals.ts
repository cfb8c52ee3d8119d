import type { PendingSignIn, TotpOffer } from '@tollkeeper/shared'
import { Secret, TOTP } from 'otpauth'
import { announceChange, type ChangeKind } from '../kernel/change-feed.ts'
import { inSystemTransaction } from '../kernel/in-transaction.ts'
import { newId } from '../kernel/new-id.ts'
import { type Answer, type Call, callerOf } from './call.ts'
import type { TestApp, TestPerson } from './start-test-app.ts'

/** Somebody whose credential opens nothing, or next to nothing. */
export interface Powerless {
  name: string
  call: Call
  /** What of the router answers them, by its permission. */
  mayAsk: (permission: string) => boolean
  /** The codes with which the rest is refused. */
  refusedWith: readonly string[]
}

type Carrier = 'token' | 'cookie'

/** Gives a person a second factor, an authenticator app where they have none, then does the first step of a sign-in. @returns a caller who holds what that step gave */
export async function halfSignedIn(app: TestApp, person: TestPerson, carrier: Carrier = 'token'): Promise<Call> {
  const view = await person.call('GET', '/users/me/second-factor')
  if (!(view.body as { enabled: boolean }).enabled) await giveAuthenticator(person)
  if (carrier === 'cookie') return byCookie(app, await browserSignIn(app, person), 'challenge')
  const { body } = await app.call('POST', '/auth/login', { email: person.email, password: person.password })
  return callerOf(app.url, { authorization: `Bearer ${(body as { challenge: PendingSignIn }).challenge.token}` })
}

/** The same where it is their passkey that two-step sign-in asks for; its rows are written, as no device is at hand. */
async function halfSignedInByPasskey(app: TestApp, person: TestPerson, carrier: Carrier): Promise<Call> {
  await app.services.pool.query(
    `with key as (insert into passkey (id, user_id, name, credential_id, public_key, counter, transports, backed_up, created_at)
       values ($1, $2, 'A key', $1, 'AA', 0, '', false, now()))
     insert into passkey_factor (user_id, created_at) values ($2, now())`,
    [newId('passkey'), person.userId],
  )
  return halfSignedIn(app, person, carrier)
}

async function giveAuthenticator({ call }: TestPerson): Promise<void> {
  const { secret } = (await call('POST', '/users/me/second-factor/totp')).body as TotpOffer
  const code = TOTP.generate({ secret: Secret.fromBase32(secret) })
  const { status } = await call('POST', '/users/me/second-factor/totp/confirm', { code })
  if (status !== 200) throw new Error(`The authenticator app was not taken: ${status}`)
}

/** One of each, with a person of their own behind them. */
export async function powerlessPrincipals(app: TestApp): Promise<{ person: TestPerson; principal: Powerless }[]> {
  const operator = await app.operator()
  const all: { person: TestPerson; principal: Powerless }[] = []
  const add = async (name: string, make: (person: TestPerson) => Promise<Call>, rest: Omit<Powerless, 'name' | 'call'>) => {
    const person = await app.person(name)
    all.push({ person, principal: { name, call: await make(person), ...rest } })
  }
  const isPublic = (permission: string) => permission === 'public'
  for (const carrier of ['token', 'cookie'] as const) {
    const dead = carrier === 'token' ? { mayAsk: () => false } : { mayAsk: isPublic }
    await add(`half signed in, by ${carrier}`, (person) => halfSignedIn(app, person, carrier), {
      mayAsk: (permission) => permission === 'public' || permission === 'second_factor_pending',
      refusedWith: ['auth.second_factor_needed'],
    })
    await add(`half signed in, with a passkey to come, by ${carrier}`, (person) => halfSignedInByPasskey(app, person, carrier), {
      mayAsk: (permission) => permission === 'public' || permission === 'second_factor_pending',
      refusedWith: ['auth.second_factor_needed'],
    })
    const signedIn = async (person: TestPerson) =>
      carrier === 'token' ? person.call : byCookie(app, await browserSignIn(app, person), 'session')
    const endWith = (end: (person: TestPerson) => Promise<unknown>) => async (person: TestPerson) => {
      const call = await signedIn(person)
      await end(person)
      return call
    }
    const ended = carrier === 'token' ? 'auth.session_ended' : 'auth.unauthenticated'
    const refusedWith = [ended, 'auth.challenge_ended']
    await add(
      `with an expired session, by ${carrier}`,
      endWith((person) => expireSessions(app, person)),
      { ...dead, refusedWith },
    )
    await add(
      `with a revoked session, by ${carrier}`,
      endWith((person) => person.call('PUT', '/users/me/password', newPassword(person)).then(() => expireOwn(app, person))),
      { ...dead, refusedWith },
    )
    await add(
      `suspended, by ${carrier}`,
      endWith(({ userId }) => operator.call('PUT', `/users/${userId}/status`, { status: 'suspended', reason: 'a test' })),
      { ...dead, refusedWith: [...refusedWith, 'auth.user_suspended'] },
    )
  }
  await add(
    'with an expired API key',
    async (person) => {
      const key = await app.key(person)
      await change(app, "update api_key set expires_at = now() - interval '1 second' where id = ?", key.id, 'api_key')
      return key.call
    },
    { mayAsk: () => false, refusedWith: ['api_key.expired'] },
  )
  return all
}

function newPassword({ password }: TestPerson) {
  return { currentPassword: password, newPassword: 'lantern orchard quartz 57' }
}

/** Ends the session that changed the password as well: of the person's sessions it is the one that went on. */
async function expireOwn(app: TestApp, { call, userId }: TestPerson): Promise<void> {
  await call('POST', '/auth/logout')
  await app.services.pool.query('delete from session where user_id = $1', [userId])
}

async function expireSessions(app: TestApp, { userId }: TestPerson): Promise<void> {
  await change(app, `update session set expires_at = now() - interval '1 second' where user_id = ?`, userId, 'user')
}

async function change(app: TestApp, sql: string, subject: string, kind: ChangeKind): Promise<void> {
  await inSystemTransaction(app.services, async ({ em }) => {
    await em.execute(sql, [subject])
    announceChange(em, kind, subject)
  })
}

function browserSignIn(app: TestApp, { email, password }: TestPerson): Promise<Answer> {
  return callerOf(app.url, { origin: app.services.publicUrl })('POST', '//trpc/auth.signIn', { email, password })
}

function byCookie(app: TestApp, { headers }: Answer, name: 'session' | 'challenge'): Call {
  const cookie = headers.getSetCookie().find((line) => line.startsWith(`tollkeeper.${name}=`))
  if (!cookie) throw new Error(`The sign-in set no cookie of the name ${name}: ${headers.getSetCookie().join(' | ')}`)
  return callerOf(app.url, { cookie: cookie.split(';')[0]!, origin: app.services.publicUrl })
}
