import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dates, makeCustomer, makePrice, startFixture } from './sandbox-fixture.ts'
import { startReceiver, webhookSecret } from './webhook-receiver.ts'

async function makeFolder() {
  const path = await mkdtemp(join(tmpdir(), 'stripe-sandbox-'))
  return { file: join(path, 'stripe.json'), [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

test('a restarted sandbox knows its customers, its clock, its key and what it answered', async () => {
  await using folder = await makeFolder()
  const dataFile = folder.file
  const first = await startFixture({ dataFile })
  const price = await makePrice(first.stripe, 'Starter', 2900)
  const customer = await makeCustomer(first.stripe)
  const { id } = await first.stripe.subscriptions.create(
    { customer: customer.id, items: [{ price: price.id }] },
    { idempotencyKey: 'subscribe' },
  )
  first.control.advance({ days: 10 })
  await first[Symbol.asyncDispose]()

  await using second = await startFixture({ dataFile })
  expect(second.sandbox.secretKey).toBe(first.sandbox.secretKey)
  expect(second.control.now().toISOString()).toBe('2027-02-10T12:00:00.000Z')
  const again = await second.stripe.subscriptions.create(
    { customer: customer.id, items: [{ price: price.id }] },
    { idempotencyKey: 'subscribe' },
  )
  expect(again.id).toBe(id)
  second.control.advance({ days: 18 })
  expect(dates((await second.stripe.subscriptions.retrieve(id)).items.data[0])[0]).toBe('2027-02-28T12:00:00.000Z')
})

test('what time made due while the sandbox was off happens at the next start, at its own moments', async () => {
  await using folder = await makeFolder()
  const dataFile = folder.file
  let now = Date.UTC(2027, 0, 31, 12)
  const first = await startFixture({ dataFile, now: () => now })
  const price = await makePrice(first.stripe, 'Starter', 2900)
  const customer = await makeCustomer(first.stripe)
  const { id } = await first.stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  await first[Symbol.asyncDispose]()
  now = Date.UTC(2027, 3, 2)
  await using second = await startFixture({ dataFile, now: () => now })
  const invoices = await second.stripe.invoices.list({ subscription: id })
  expect(invoices.data.map((invoice) => new Date(invoice.created * 1000).toISOString().slice(0, 10))).toEqual([
    '2027-03-31',
    '2027-02-28',
    '2027-01-31',
  ])
})

test('an event that could not be delivered before the restart is delivered after it', async () => {
  await using folder = await makeFolder()
  await using receiver = await startReceiver()
  const options = {
    dataFile: folder.file,
    webhook: { url: receiver.url, secret: webhookSecret },
    delivery: { firstRetryMs: 60_000 },
  }
  const first = await startFixture(options)
  receiver.failNext(1)
  await first.stripe.customers.create({ email: 'ada@example.com' })
  while (first.control.all('deliveries')[0]?.attempts.length !== 1) await new Promise((resolve) => setTimeout(resolve, 5))
  await first[Symbol.asyncDispose]()
  expect(receiver.types()).toEqual([])
  await using second = await startFixture(options)
  await second.control.whenDelivered()
  expect(receiver.types()).toEqual(['customer.created'])
})

test('reading does not write the data file', async () => {
  await using folder = await makeFolder()
  await using fixture = await startFixture({ dataFile: folder.file })
  await fixture.stripe.customers.create({ email: 'ada@example.com' })
  await expect
    .poll(() =>
      stat(folder.file)
        .then((found) => found.size)
        .catch(() => 0),
    )
    .toBeGreaterThan(0)
  await rm(folder.file)
  await fixture.stripe.customers.list()
  await new Promise((resolve) => setTimeout(resolve, 400))
  await expect(stat(folder.file)).rejects.toThrow(/ENOENT/)
})

test('a data file that is damaged is named and left alone', async () => {
  await using folder = await makeFolder()
  await writeFile(folder.file, '{"version":1,"tab')
  await expect(startFixture({ dataFile: folder.file })).rejects.toThrow(/Move it away/)
  expect(await readFile(folder.file, 'utf8')).toBe('{"version":1,"tab')
})
