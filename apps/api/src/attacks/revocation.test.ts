import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { behindProxy, visitor } from '../modules/auth/testing/visitor.ts'
import { rotateSigningKeys } from '../modules/auth/token/rotate-signing-keys.ts'
import type { RunningServer } from '../start-server.ts'
import { eventually } from '../testing/eventually.ts'
import { callerOf, startTestApp, type TestApp, type TestPerson } from '../testing/index.ts'

let app: TestApp
let second: RunningServer
beforeAll(async () => {
  app = await startTestApp({ environment: behindProxy })
  second = await app.secondNode()
}, 120_000)
afterAll(() => app[Symbol.asyncDispose]())

/** Somebody's second sign-in and a key of their tenant, by which they are known on both nodes. */
interface Held {
  person: TestPerson
  sessionId: string
  keyId: string
  /** By the token of that sign-in, or by the key. */
  by: Record<'session' | 'key', Record<string, string>>
}

const sidOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()).sid as string

async function held(): Promise<Held> {
  const person = await app.person()
  const { email, password } = person
  const { accessToken } = (await visitor(app)('POST', '/auth/login', { email, password })).body as { accessToken: string }
  const key = await app.key(person)
  return {
    person,
    sessionId: sidOf(accessToken),
    keyId: key.id,
    by: { session: { authorization: `Bearer ${accessToken}` }, key: { authorization: `Bearer ${key.secret}` } },
  }
}

/** What takes a right away, done on the first node. */
const revocations: Record<string, (one: Held) => Promise<unknown>> = {
  'a sign-out': ({ by }) => callerOf(app.url, by.session)('POST', '/auth/logout'),
  'a session that is ended from another': ({ person, sessionId }) => person.call('DELETE', `/users/me/sessions/${sessionId}`),
  'all others being ended': ({ person }) => person.call('DELETE', '/users/me/sessions'),
  'a new password': ({ person: { call, password } }) =>
    call('PUT', '/users/me/password', { currentPassword: password, newPassword: 'orchard lantern 57 quartz' }),
  'an operator who ends a session': async ({ person: { userId }, sessionId }) =>
    (await app.operator()).call('DELETE', `/users/${userId}/sessions/${sessionId}`),
  'a suspension': async ({ person: { userId } }) =>
    (await app.operator()).call('PUT', `/users/${userId}/status`, { status: 'suspended', reason: 'for the test' }),
  'a wish to be deleted': ({ person: { call, email } }) => call('DELETE', `/users/me?email=${encodeURIComponent(email)}`),
  'a signing key that is dropped': () => rotateSigningKeys(app.services, { revoke: true }),
  'a key that is revoked': ({ person, keyId }) => person.call('DELETE', `/api-keys/${keyId}`),
  'a tenant that is suspended': async ({ person: { tenantId } }) =>
    (await app.operator()).call('PUT', `/tenants/${tenantId}/status`, { status: 'suspended', reason: 'for the test' }),
}
const ofKeys = new Set(['a key that is revoked', 'a tenant that is suspended'])

describe('with notifications', () => {
  eachIsFelt()
})

describe('with every notification lost', () => {
  beforeAll(async () => {
    const owner = new pg.Client({ connectionString: app.services.config.database.url! })
    await owner.connect()
    await owner.query('alter table change disable trigger change_is_notified')
    await owner.end()
  })
  eachIsFelt()
})

async function maySee(url: string, headers: Record<string, string>): Promise<boolean> {
  const { status } = await callerOf(url, headers)('GET', '/users/me')
  expect([200, 401, 403]).toContain(status)
  return status === 200
}

async function mayUse(url: string, headers: Record<string, string>): Promise<boolean> {
  const { status, body } = await callerOf(url, headers)('POST', '/authorize', { feature: 'characters', amount: 1 })
  expect([200, 401]).toContain(status)
  return status === 200 && (body as { allowed: boolean }).allowed
}

function eachIsFelt() {
  test.each(Object.keys(revocations))(
    '%s is felt on the other node within a second',
    async (name) => {
      const waits: number[] = []
      for (let round = 0; round < 5; round++) {
        const one = await held()
        const ask = ({ url }: Pick<TestApp, 'url'>) => (ofKeys.has(name) ? mayUse(url, one.by.key) : maySee(url, one.by.session))
        expect([await ask(app), await ask(second)]).toEqual([true, true])
        await revocations[name]!(one)
        const shut = (may: boolean) => !may
        waits.push(await eventually(() => ask(second), shut, 5_000))
        await eventually(() => ask(app), shut, 5_000)
      }
      // a machine that is busy with other tests may be late once; it is not late as a rule
      expect(waits.toSorted((one, other) => one - other)[2]).toBeLessThan(1_000)
    },
    60_000,
  )
}
