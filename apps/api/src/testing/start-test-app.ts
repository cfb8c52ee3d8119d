import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase } from '@tollkeeper/db/testing'
import type { SignedIn } from '@tollkeeper/shared'
import { readConfig } from '../config/config.ts'
import { createBrakes } from '../kernel/brakes.ts'
import type { Clock } from '../kernel/clock.ts'
import { createLogger } from '../kernel/logger.ts'
import type { Logger, Services } from '../kernel/services.ts'
import { type RunningServer, startServer } from '../start-server.ts'
import { type Answer, type Call, callerOf } from './call.ts'

export interface TestPerson {
  email: string
  password: string
  name: string
  userId: string
  tenantId: string
  accessToken: string
  refreshToken: string
  call: Call
}

export interface TestApp extends AsyncDisposable {
  server: RunningServer
  services: Services
  url: string
  databaseUrl: string
  /** REST as nobody; paths are under /api/v1 unless they begin with `//`. */
  call: Call
  /** Registers, verifies and signs in a person, the way a person does. */
  person(name?: string): Promise<TestPerson>
  operator(): Promise<TestPerson>
  /** Issues a key for the person's tenant; answers its secret and a caller that uses it. */
  key(person: TestPerson, body?: object): Promise<{ id: string; secret: string; call: Call }>
  /** A second server on the same database: another node. */
  secondNode(options?: { databaseUrl?: string }): Promise<RunningServer>
}

interface TestAppOptions {
  /** Absent: as TOLLKEEPER_LOG_LEVEL says, or nothing. */
  logger?: Logger
  /** True: the brakes of a real server; otherwise so loose that a test does not meet them. */
  brakes?: boolean
  clock?: Clock
  background?: boolean
  environment?: Record<string, string>
}

const OPERATOR = { email: 'operator@tollkeeper.test', password: 'operator of the test server' }

/** A whole server on a database of its own, listening on a free port: `await using app = await startTestApp()`. */
export async function startTestApp({
  logger,
  clock,
  background = false,
  environment = {},
  brakes = false,
}: TestAppOptions = {}): Promise<TestApp> {
  await using started = new AsyncDisposableStack()
  const database = environment.DATABASE_URL ? { url: environment.DATABASE_URL } : started.use(await createTestDatabase())
  const dataDir = await mkdtemp(join(tmpdir(), 'tollkeeper-app-'))
  started.defer(() => rm(dataDir, { recursive: true, force: true }))
  const variables = {
    NODE_ENV: 'test',
    PORT: '0',
    DATABASE_URL: database.url,
    TOLLKEEPER_DATA_DIR: dataDir,
    TOLLKEEPER_SECRET: randomBytes(48).toString('base64'),
    TOLLKEEPER_OPERATOR_EMAIL: OPERATOR.email,
    TOLLKEEPER_OPERATOR_PASSWORD: OPERATOR.password,
    ...environment,
  }
  const options = {
    background,
    brakes: createBrakes(brakes ? 1 : 1000),
    logger: logger ?? createLogger(process.env.TOLLKEEPER_LOG_LEVEL ?? 'silent'),
    ...(clock ? { clock } : {}),
  }
  const server = started.use(await startServer(readConfig(variables), options))
  const parts = started.move()
  const call = callerOf(server.url, {})
  return {
    server,
    services: server.services,
    url: server.url,
    databaseUrl: database.url,
    call,
    person: (name = 'Ada') => newPerson(server.url, call, name),
    operator: () => signIn(server.url, call, { ...OPERATOR, name: 'Operator' }),
    key: (person, body = {}) => issueKey(server.url, person, body),
    secondNode: async ({ databaseUrl = variables.DATABASE_URL } = {}) =>
      parts.use(
        await startServer(readConfig({ ...variables, DATABASE_URL: databaseUrl, TOLLKEEPER_URL: server.services.publicUrl }), {
          ...options,
          background: false,
        }),
      ),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  }
}

let people = 0

async function newPerson(url: string, call: Call, name: string): Promise<TestPerson> {
  const email = `person${++people}@example.test`
  const password = `a long password ${randomBytes(6).toString('hex')}`
  expectStatus(await call('POST', '/auth/register', { email, password, name }), 202)
  const token = await verificationToken(call, email)
  expectStatus(await call('GET', `/auth/verify-email?token=${encodeURIComponent(token)}`), 200)
  return signIn(url, call, { email, password, name })
}

/** The token of the newest verification mail to the address, read from the development mailbox as a person would. */
export async function verificationToken(call: Call, email: string): Promise<string> {
  const { body } = await call('GET', '//dev/mailbox.json')
  const message = (body as { to: string; text: string }[]).find(
    ({ to, text }) => to === email && text.includes('verify-email?token='),
  )
  if (!message) throw new Error(`No verification mail to ${email} in the mailbox`)
  return decodeURIComponent(/verify-email\?token=([^\s"&]+)/.exec(message.text)![1]!)
}

async function signIn(url: string, call: Call, person: { email: string; password: string; name: string }): Promise<TestPerson> {
  const answer = expectStatus(await call('POST', '/auth/login', { email: person.email, password: person.password }), 200)
  const { accessToken, refreshToken, user, tenants } = answer.body as SignedIn
  return {
    ...person,
    userId: user.id,
    tenantId: tenants[0]!.id,
    accessToken,
    refreshToken,
    call: callerOf(url, { authorization: `Bearer ${accessToken}` }),
  }
}

async function issueKey(url: string, person: TestPerson, body: object) {
  const answer = expectStatus(await person.call('POST', '/api-keys', { name: 'test', ...body }), 201)
  const { id, secret } = answer.body as { id: string; secret: string }
  return { id, secret, call: callerOf(url, { authorization: `Bearer ${secret}` }) }
}

function expectStatus(answer: Answer, status: number): Answer {
  if (answer.status !== status) throw new Error(`Expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer
}
