import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase } from '@tollkeeper/db/testing'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from './http/free-port.ts'
import { createLogger } from './kernel/logger.ts'
import { createSystemPool } from './kernel/system-pool.ts'
import { callerOf, verificationToken } from './testing/index.ts'
import { type SpawnedServer, spawnServer } from './testing/spawn-server.ts'

const credentials = { email: 'ada@example.test', password: 'a password of some length' }

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tollkeeper-restart-'))
  // run as root, the database's own account has to reach it
  await chmod(folder, 0o755)
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function issueKey({ url }: SpawnedServer) {
  const call = callerOf(url, {})
  await call('POST', '/auth/register', { ...credentials, name: 'Ada' })
  await call('GET', `/auth/verify-email?token=${await verificationToken(call, credentials.email)}`)
  const { body } = await call('POST', '/auth/login', credentials)
  const owner = callerOf(url, { authorization: `Bearer ${(body as { accessToken: string }).accessToken}` })
  const issued = (await owner('POST', '/api-keys', { name: 'test' })).body as { secret: string }
  return (server: SpawnedServer) => callerOf(server.url, { authorization: `Bearer ${issued.secret}` })
}

async function usedCharacters(call: ReturnType<typeof callerOf>): Promise<number> {
  const { body } = await call('GET', '/usage/current')
  return (body as { features: { feature: string; used: number }[] }).features.find(({ feature }) => feature === 'characters')!.used
}

test('what was answered before a kill -9 of the server is still there after it starts again', async () => {
  await using database = await createTestDatabase()
  const environment = { DATABASE_URL: database.url, TOLLKEEPER_DATA_DIR: await temporaryFolder(), TOLLKEEPER_LOG_LEVEL: 'error' }
  const port = await freePort('127.0.0.1')
  const first = await spawnServer(port, environment)
  onTestFinished(() => first.kill())
  const withKey = await issueKey(first)
  const key = withKey(first)

  const answered: string[] = []
  let asked = 0
  const asking = Array.from({ length: 20 }, async () => {
    while (first.process.signalCode === null && asked < 900) {
      const requestId = `r${asked++}`
      try {
        const { body } = await key('POST', '/authorize', { feature: 'characters', amount: 1, requestId })
        if ((body as { allowed: boolean }).allowed) answered.push(requestId)
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError)
        return
      }
    }
  })
  await expect.poll(() => answered.length, { timeout: 10_000, interval: 1 }).toBeGreaterThan(100)
  await first.kill()
  await Promise.all(asking)

  const second = await spawnServer(port, environment)
  onTestFinished(() => second.kill())
  const after = withKey(second)
  const used = await usedCharacters(after)
  expect(used).toBeGreaterThanOrEqual(answered.length)
  expect(used).toBeLessThanOrEqual(asked)
  const again = await Promise.all(
    answered.map((requestId) => after('POST', '/authorize', { feature: 'characters', amount: 1, requestId })),
  )
  expect(again.every(({ body }) => (body as { allowed: boolean }).allowed)).toBe(true)
  expect(await usedCharacters(after)).toBe(used)
  expect(await second.stop()).toBe(0)
}, 240_000)

test('a signal stops it cleanly, the database it started too; a kill -9 leaves nothing the next start cannot take over', async () => {
  const environment = { DATABASE_URL: '', TOLLKEEPER_DATA_DIR: await temporaryFolder(), TOLLKEEPER_LOG_LEVEL: 'error' }
  const port = await freePort('127.0.0.1')
  const first = await spawnServer(port, environment)
  onTestFinished(() => first.kill())
  const withKey = await issueKey(first)
  await withKey(first)('POST', '/authorize', { feature: 'characters', amount: 7 })
  await first.kill()

  const second = await spawnServer(port, environment)
  onTestFinished(() => second.kill())
  expect(await usedCharacters(withKey(second))).toBe(7)
  expect(await second.stop('SIGINT')).toBe(0)

  const third = await spawnServer(port, environment)
  onTestFinished(() => third.kill())
  expect(await usedCharacters(withKey(third))).toBe(7)
  expect(await third.stop('SIGTERM')).toBe(0)
}, 240_000)

test('a signal under load puts back what the server took ahead: what it told is charged, and nothing more', async () => {
  await using database = await createTestDatabase()
  const environment = { DATABASE_URL: database.url, TOLLKEEPER_DATA_DIR: await temporaryFolder(), TOLLKEEPER_LOG_LEVEL: 'error' }
  const pool = createSystemPool(database.url, 1, createLogger('silent'))
  await using parts = new AsyncDisposableStack()
  parts.defer(() => pool.end())
  const server = await spawnServer(await freePort('127.0.0.1'), environment)
  onTestFinished(() => server.kill())
  const withKey = await issueKey(server)
  await pool.query(
    `with f as (update feature set leased = true where key = 'api_calls') insert into change (kind, subject) values ('catalog', 'test')`,
  )
  const key = withKey(server)
  const balance = async () => {
    const { rows } = await pool.query<{ consumed: number; leased: number }>(
      `select consumed::int as consumed, leased::int as leased from balance where feature_key = 'api_calls'`,
    )
    return rows[0] ?? { consumed: 0, leased: 0 }
  }
  let told = 0
  let unanswered = 0
  let going = true
  const clients = Array.from({ length: 20 }, async () => {
    while (going) {
      try {
        const { status, body } = await key('POST', '/authorize', { feature: 'api_calls', amount: 1 })
        if (status === 200 && (body as { allowed: boolean }).allowed) told++
        else going = status === 200
      } catch {
        unanswered++
        return
      }
    }
  })
  await expect.poll(async () => (await balance()).leased, { timeout: 20_000, interval: 5 }).toBeGreaterThan(0)
  expect(await server.stop('SIGTERM')).toBe(0)
  going = false
  await Promise.all(clients)
  const { consumed, leased } = await balance()
  expect(leased).toBe(0)
  expect(consumed).toBeGreaterThanOrEqual(told)
  expect(consumed).toBeLessThanOrEqual(told + unanswered)
}, 120_000)

test('a configuration with several faults is refused with the name of each, and what to do', async () => {
  const faulty = { PORT: 'http', TOLLKEEPER_SECRET: 'short', TOLLKEEPER_URL: 'ftp://x', GITHUB_CLIENT_ID: 'x', DATABASE_URL: '' }
  await expect(spawnServer(1, faulty)).rejects.toThrow(
    /4 faults[\s\S]*PORT[\s\S]*TOLLKEEPER_URL[\s\S]*TOLLKEEPER_SECRET[\s\S]*GITHUB_CLIENT_SECRET/,
  )
})

test('production refuses to start without what it needs, and names all of it', async () => {
  const bare = { NODE_ENV: 'production', DATABASE_URL: '', TOLLKEEPER_SECRET: '' }
  await expect(spawnServer(4000, bare)).rejects.toThrow(
    /DATABASE_URL[\s\S]*TOLLKEEPER_URL[\s\S]*TOLLKEEPER_SECRET[\s\S]*STRIPE_SECRET_KEY[\s\S]*SMTP_URL/,
  )
})
