import { migrate } from '@tollkeeper/db'
import { startDisposablePostgres } from '@tollkeeper/db/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../../testing/eventually.ts'
import { eventBody, postWebhook } from '../../testing/post-webhook.ts'
import { type BillingWorld, startBilling } from '../../testing/start-billing.ts'
import { subscribe } from './subscribe.ts'

const refused = { status: 400, code: 'billing.webhook_signature' }
const minutes = (count: number) => new Date(Date.now() + count * 60_000)

describe('a webhook', () => {
  let world: BillingWorld
  beforeAll(async () => {
    world = await startBilling({ deliver: false, work: false, webhookSecrets: ['whsec_of_the_tests', 'whsec_before_the_rotation'] })
  })
  afterAll(() => world[Symbol.asyncDispose]())
  const stored = () => world.rows<{ id: string }>('select id from stripe_event')
  const waiting = () => world.rows(`select id from pgboss.job where name = 'billing.apply_event'`)

  test.each([
    ['without a signature', { header: null }],
    ['with an empty signature', { header: '' }],
    ['with a signature that is no signature', { header: 't=1,v1=zz' }],
    ['signed with another secret', { secret: 'whsec_of_somebody_else' }],
    ['signed six minutes ago', { at: minutes(-6) }],
    ['signed for a day that has not come', { at: minutes(60 * 24) }],
    ['whose body was changed after signing', { sent: eventBody({ object: 'subscription', id: 'sub_2' }) }],
    [
      'whose body was re-indented after signing',
      { sent: JSON.stringify(JSON.parse(eventBody({ object: 'subscription', id: 'sub_1' })), null, 2) },
    ],
  ])('%s is refused and nothing of it is stored', async (_name, forgery) => {
    const before = await stored()
    expect(await postWebhook(world.webhookUrl, eventBody({ object: 'subscription', id: 'sub_1' }), forgery)).toEqual(refused)
    expect(await stored()).toEqual(before)
  })

  test('over half a mebibyte is refused unread', async () => {
    const body = eventBody({ object: 'subscription', id: 'sub_1' }, { padding: 'x'.repeat(600_000) })
    expect(await postWebhook(world.webhookUrl, body)).toEqual({ status: 413, code: 'input.too_large' })
  })

  test.each([
    ['the present secret', 'whsec_of_the_tests'],
    ['the secret before the rotation', 'whsec_before_the_rotation'],
  ])('signed with %s is taken, four minutes late as well', async (_name, secret) => {
    const body = eventBody({ object: 'subscription', id: 'sub_1' })
    expect(await postWebhook(world.webhookUrl, body, { secret, at: minutes(-4) })).toMatchObject({ status: 200 })
    expect((await stored()).map(({ id }) => id)).toContain(JSON.parse(body).id)
  })

  test('of the other mode is kept, and not acted on', async () => {
    const before = await waiting()
    const body = eventBody({ object: 'subscription', id: 'sub_1' }, { livemode: true })
    expect(await postWebhook(world.webhookUrl, body)).toMatchObject({ status: 200 })
    const [event] = await world.rows('select state, livemode from stripe_event where id = $1', [JSON.parse(body).id])
    expect(event).toEqual({ state: 'ignored', livemode: true })
    expect(await waiting()).toEqual(before)
  })

  test('of something we do not keep is stored, and not acted on', async () => {
    const before = await waiting()
    const body = eventBody({ object: 'payment_intent', id: 'pi_1' })
    expect(await postWebhook(world.webhookUrl, body)).toMatchObject({ status: 200 })
    expect(await world.rows('select state from stripe_event where id = $1', [JSON.parse(body).id])).toEqual([{ state: 'ignored' }])
    expect(await waiting()).toEqual(before)
  })

  test('that comes twenty times at once is stored once and asks for one job', async () => {
    const before = (await waiting()).length
    const body = eventBody({ object: 'subscription', id: 'sub_20' })
    const answers = await Promise.all(Array.from({ length: 20 }, () => postWebhook(world.webhookUrl, body)))
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
    expect(await world.rows('select 1 from stripe_event where id = $1', [JSON.parse(body).id])).toHaveLength(1)
    expect((await waiting()).length - before).toBe(1)
  })
})

test('every event delivered three times changes the subscription once', async () => {
  await using world = await startBilling()
  const ada = await world.tenant()
  world.control.faultDeliveries({ copies: () => 3 })
  world.pay((await subscribe(ada, { plan: 'starter' })).url)
  await world.control.whenDelivered()
  const unhandled = () => world.rows(`select id from stripe_event where state = 'received'`)
  await eventually(unhandled, (rows) => rows.length === 0)
  expect(await world.planOf(ada.tenantId)).toBe('starter')
  expect(await world.rows('select type from subscription_event')).toEqual([{ type: 'subscription.started' }])
  expect(await world.rows(`select action from audit_entry where action = 'subscription.started'`)).toHaveLength(1)
})

test('while the database is down a webhook is answered 503, and what the provider sends again is applied', {
  timeout: 120_000,
}, async () => {
  await using postgres = await startDisposablePostgres({ durable: true })
  await migrate(postgres.url())
  await using world = await startBilling({ databaseUrl: postgres.url() })
  const ada = await world.tenant()
  const { url } = await subscribe(ada, { plan: 'starter' })
  await postgres.kill()
  expect(await postWebhook(world.webhookUrl, eventBody({ object: 'subscription', id: 'sub_1' }))).toEqual({
    status: 503,
    code: 'service.unavailable',
  })
  world.pay(url)
  await postgres.start()
  await eventually(
    () => world.planOf(ada.tenantId).catch(String),
    (plan) => plan === 'starter',
    60_000,
  )
  const sent = world.control.all('events').map(({ id }) => id)
  const isStored = async () => (await world.rows<{ id: string }>('select id from stripe_event')).map(({ id }) => id)
  await eventually(isStored, (ids) => sent.every((id) => ids.includes(id)), 60_000)
})
