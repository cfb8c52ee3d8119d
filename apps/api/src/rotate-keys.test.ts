import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { eventually } from './testing/eventually.ts'
import { callerOf, startTestApp, type TestApp } from './testing/index.ts'

const environment = { TOLLKEEPER_SECRET: randomBytes(48).toString('base64') }

function run({ databaseUrl }: TestApp, ...args: string[]) {
  return promisify(execFile)(process.execPath, ['src/rotate-keys.ts', ...args], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, NODE_ENV: 'test', ...environment, DATABASE_URL: databaseUrl },
  })
}

const published = async ({ call }: TestApp) =>
  ((await call('GET', '//.well-known/jwks.json')).body as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)

test('the command rotates the keys of a running server, says what holds, and with --revoke drops the old ones', async () => {
  await using app = await startTestApp({ environment })
  const { accessToken } = await app.person()
  const me = callerOf(app.url, { authorization: `Bearer ${accessToken}` })
  const [first] = await published(app)
  const rotated = await run(app)
  expect(rotated.stdout).toMatch(new RegExp(`^sig_\\w+ signs from now on. What ${first} signed is accepted until it expires`))
  await eventually(
    () => published(app),
    (keys) => keys.length === 2,
  )
  expect((await me('GET', '/users/me')).status).toBe(200)
  const revoked = await run(app, '--revoke')
  expect(revoked.stdout).toMatch(/ is refused from now on; clients get new access tokens with their refresh tokens\.\n$/)
  await eventually(
    () => published(app),
    (keys) => keys.length === 1 && revoked.stdout.startsWith(keys[0]!),
  )
  expect((await me('GET', '/users/me')).status).toBe(401)
}, 60_000)

test('an argument it does not know is answered with how it is used, and nothing is done', async () => {
  await using app = await startTestApp({ environment })
  const before = await published(app)
  await expect(run(app, '--revoked')).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('--revoke ') })
  expect(await published(app)).toEqual(before)
}, 60_000)

test('with another secret it says so, and nothing is done', async () => {
  await using app = await startTestApp()
  const before = await published(app)
  await expect(run(app)).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/not rotated[\s\S]*TOLLKEEPER_SECRET/) })
  expect(await published(app)).toEqual(before)
}, 60_000)
