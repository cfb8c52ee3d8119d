import { expect, test } from 'vitest'
import { callerOf, startTestApp, type TestApp, type TestPerson } from '../../../testing/index.ts'
import { behindProxy, mailsTo, refusal, tokenIn, visitor } from '../testing/visitor.ts'

const newPassword = 'another orchard lantern 58'

async function signedInAgain(app: TestApp, { email, password }: TestPerson) {
  const { body } = await visitor(app)('POST', '/auth/login', { email, password })
  const { accessToken, refreshToken } = body as { accessToken: string; refreshToken: string }
  return { call: callerOf(app.url, { authorization: `Bearer ${accessToken}` }), refreshToken }
}

test('the session that asks goes on; every other one, its refresh tokens and every mailed link end, and the person is told', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  const other = await signedInAgain(app, person)
  await visitor(app)('POST', '/auth/forgot-password', { email: person.email })
  const link = tokenIn((await mailsTo(app, person.email))[0]!)
  const changed = await person.call('PUT', '/users/me/password', { currentPassword: person.password, newPassword })
  expect(changed).toMatchObject({ status: 200, body: { done: true } })

  expect((await person.call('GET', '/users/me')).status).toBe(200)
  expect((await other.call('GET', '/users/me')).status).toBe(401)
  const refresh = async (refreshToken: string) => (await visitor(app)('POST', '/auth/refresh', { refreshToken })).status
  expect([await refresh(person.refreshToken), await refresh(other.refreshToken)]).toEqual([200, 401])
  const reset = await visitor(app)('POST', '/auth/reset-password', { token: link, password: `${newPassword} too` })
  expect(refusal(reset)).toMatchObject({ code: 'auth.link_invalid' })
  const login = async (password: string) => (await visitor(app)('POST', '/auth/login', { email: person.email, password })).status
  expect([await login(person.password), await login(newPassword)]).toEqual([401, 200])
  expect((await mailsTo(app, person.email)).map(({ subject }) => subject)).toContain('Your password was changed')
})

test('a wrong current password and a weak new one are refused, each with its field, and nothing changes', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  const change = (currentPassword: string, wanted: string) =>
    person.call('PUT', '/users/me/password', { currentPassword, newPassword: wanted })
  expect(refusal(await change('not the password at all', newPassword))).toMatchObject({
    status: 403,
    code: 'auth.password_wrong',
    faults: [{ path: 'currentPassword' }],
  })
  expect(refusal(await change(person.password, '123456qwerty'))).toMatchObject({
    status: 400,
    code: 'auth.password_refused',
    faults: [{ path: 'newPassword' }],
  })
  expect((await visitor(app)('POST', '/auth/login', { email: person.email, password: person.password })).status).toBe(200)
})

test('guessing the current password with a stolen session meets the brake of signing in', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  const statuses: number[] = []
  for (let guess = 0; guess < 22; guess++) {
    const body = { currentPassword: `guess number ${guess}`, newPassword }
    statuses.push((await person.call('PUT', '/users/me/password', body)).status)
  }
  expect(statuses.slice(0, 20)).toEqual(Array(20).fill(403))
  expect(statuses.slice(20)).toEqual([429, 429])
  const right = { currentPassword: person.password, newPassword }
  expect((await person.call('PUT', '/users/me/password', right)).status).toBe(429)
})

test('of ten changes at once one takes effect', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      person.call('PUT', '/users/me/password', { currentPassword: person.password, newPassword: `${newPassword} ${index}` }),
    ),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
})
