import { setTimeout as sleep } from 'node:timers/promises'
import type { UserCaller } from '../kernel/caller.ts'
import type { RequestContext } from '../kernel/context.ts'
import { newId } from '../kernel/new-id.ts'
import type { Services } from '../kernel/services.ts'
import { createVerifiedPerson } from '../modules/auth/index.ts'
import { appRouter } from '../router.ts'
import type { RunningServer } from '../start-server.ts'
import { createCallerFactory } from '../trpc/init.ts'
import { type DemoCompany, demoCompanies } from './companies.ts'
import { usageOfADay } from './usage-of-a-day.ts'

/** Everybody of the demo signs in with it. */
export const DEMO_PASSWORD = 'a demo of tollkeeper'
const DAYS = 30
const DAY_MS = 86_400_000

const callerFor = createCallerFactory(appRouter)

/**
 * Fills a server with a dozen tenants and thirty days of usage, by the calls their people would make: tenants are created, plans
 * bought in the sandbox, usage reported event by event. What is there already is left as it is.
 */
export async function fillDemo({ services, sandbox }: RunningServer, progress: (step: string) => void): Promise<void> {
  for (const [index, company] of demoCompanies.entries()) {
    progress(`Demo ${index + 1}/${demoCompanies.length}: ${company.name}`)
    const { userId, created } = await createVerifiedPerson(services, {
      email: company.email,
      name: company.owner,
      password: DEMO_PASSWORD,
    })
    if (!created) continue
    const tenant = await as(services, userId, null).tenant.create({ name: company.name })
    const owner = as(services, userId, tenant.id)
    await owner.apiKey.issue({ name: 'production' })
    if (company.plan !== 'free' && sandbox) {
      const { url } = await owner.billing.subscribe({ plan: company.plan })
      await sandbox.control.completeCheckout(new URL(url).pathname.split('/').at(-1)!, {
        email: company.email,
        name: company.owner,
      })
      await until(async () => (await owner.billing.current()).plan === company.plan)
    }
    await reportUsage(owner, company, services.clock.now())
  }
}

type Owner = ReturnType<typeof callerFor>

async function reportUsage(owner: Owner, company: DemoCompany, now: Date): Promise<void> {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())
  const events = Array.from({ length: DAYS + 1 }, (_value, age) => ({ age, day: new Date(today - age * DAY_MS) })).flatMap(
    ({ age, day }) =>
      usageOfADay(company, day, age, DAYS).map(({ hour, characters }) => ({
        id: `demo-${day.toISOString().slice(0, 10)}-${hour}`,
        feature: 'characters',
        amount: characters,
        at: new Date(day.getTime() + hour * 3_600_000).toISOString(),
      })),
  )
  const past = events.filter(({ at }) => Date.parse(at) <= now.getTime())
  const { rejected, events: fates } = await owner.quota.track({ events: past })
  if (rejected > 0)
    throw new Error(`The demo's usage was rejected: ${JSON.stringify(fates.find(({ state }) => state === 'rejected'))}`)
}

/** The router as a person of the demo sees it. */
function as(services: Services, userId: string, tenantId: string | null): Owner {
  const caller: UserCaller = {
    kind: 'user',
    userId,
    sessionId: 'demo',
    via: 'access_token',
    operatorRole: null,
    provedAt: Date.now(),
    secondFactor: null,
    memberships: tenantId ? [{ tenantId, role: 'owner' }] : [],
  }
  const context: RequestContext = {
    services,
    requestId: newId('request'),
    caller,
    requestedTenantId: tenantId,
    idempotencyKey: null,
    idempotency: null,
    client: { ip: '127.0.0.1', userAgent: null },
    setHeader: () => undefined,
  }
  return callerFor(context)
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('The sandbox took a payment, and the plan did not follow within 10 s.')
    await sleep(50)
  }
}
