import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../../../apps/api/src/config/config.ts'
import { createBrakes } from '../../../apps/api/src/kernel/brakes.ts'
import { createLogger } from '../../../apps/api/src/kernel/logger.ts'
import { createVerifiedPerson } from '../../../apps/api/src/modules/auth/index.ts'
import { type RunningServer, startServer } from '../../../apps/api/src/start-server.ts'
import { type Call, callerOf } from '../../../apps/api/src/testing/call.ts'
import { table } from '../machine/table.ts'
import type { BenchOptions } from '../options.ts'
import { openStage } from '../stage/open-stage.ts'

const LIMIT_MS = 1_000
const SAMPLES_A_ROUND = 5
const person = { email: 'bench@example.com', password: 'a person of the bench', name: 'Bench' }

/** How soon a change bites: a revoked key on another node that has it in memory, and a payment on the node that was asked. */
export async function noticeSuite({ rounds }: BenchOptions): Promise<void> {
  await using stage = await openStage()
  const environment = {
    NODE_ENV: 'development',
    PORT: '0',
    DATABASE_URL: stage.databaseUrl,
    TOLLKEEPER_DATA_DIR: join(stage.dataDir, 'node'),
    TOLLKEEPER_SECRET: randomBytes(48).toString('base64'),
  }
  const options = { logger: createLogger('error'), brakes: createBrakes(1_000) }
  await using first = await startServer(readConfig(environment), options)
  await using second = await startServer(readConfig({ ...environment, TOLLKEEPER_URL: first.services.publicUrl }), options)
  await createVerifiedPerson(first.services, person)
  const owner = await signIn(first)

  const revoked: number[] = []
  const paid: number[] = []
  for (let sample = 0; sample < rounds * SAMPLES_A_ROUND; sample++) {
    const tenantId = idOf(await owner('POST', '/tenants', { name: `Tenant ${sample}` }))
    const forTenant: Call = (method, path, body) => owner(method, path, body, { 'x-tenant-id': tenantId })
    revoked.push(await untilRevoked(forTenant, second))
    paid.push(await untilPaid(forTenant, first))
  }
  console.log(`\nnotice: milliseconds until a change bites, ${revoked.length} samples each; the limit is ${LIMIT_MS}`)
  console.log(
    table([
      ['change', 'median', 'p99', 'most', 'most ÷ limit'],
      row('a key revoked, on another node', revoked),
      row('a payment, until allowed', paid),
    ]),
  )
}

async function signIn({ url }: RunningServer): Promise<Call> {
  const { body } = await callerOf(url, {})('POST', '/auth/login', { email: person.email, password: person.password })
  return callerOf(url, { authorization: `Bearer ${(body as { accessToken: string }).accessToken}` })
}

async function untilRevoked(owner: Call, other: RunningServer): Promise<number> {
  const { id, secret } = (await owner('POST', '/api-keys', { name: 'bench' })).body as { id: string; secret: string }
  const there = callerOf(other.url, { authorization: `Bearer ${secret}` })
  const ask = () => there('POST', '/authorize', { feature: 'characters', amount: 1 })
  await until(async () => (await ask()).status === 200)
  await owner('DELETE', `/api-keys/${id}`)
  const since = performance.now()
  await until(async () => (await ask()).status === 401)
  return performance.now() - since
}

async function untilPaid(owner: Call, server: RunningServer): Promise<number> {
  const { url } = (await owner('POST', '/subscriptions', { plan: 'starter' })).body as { url: string }
  server.sandbox!.control.completeCheckout(url.split('/').at(-1)!)
  const since = performance.now()
  await until(
    async () =>
      ((await owner('POST', '/authorize', { feature: 'characters', amount: 1_001 })).body as { allowed: boolean }).allowed,
  )
  return performance.now() - since
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 30_000
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('What was waited for did not come within 30 s.')
    await sleep(2)
  }
}

function row(name: string, samples: number[]): string[] {
  const sorted = samples.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
  return [name, at(0.5).toFixed(0), at(0.99).toFixed(0), sorted.at(-1)!.toFixed(0), (sorted.at(-1)! / LIMIT_MS).toFixed(2)]
}

function idOf({ body }: { body: unknown }): string {
  return (body as { id: string }).id
}
