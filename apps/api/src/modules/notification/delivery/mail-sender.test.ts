import { expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import type { Services } from '../../../kernel/services.ts'
import { startTestApp } from '../../../testing/index.ts'
import { enqueueMail } from '../enqueue-mail.ts'
import { deliverDue } from './mail-sender.ts'
import type { Transport } from './open-transport.ts'

const withSmtp = { SMTP_URL: 'smtp://127.0.0.1:1' }

function order(services: Services, dedupeKey?: string): Promise<void> {
  return inSystemTransaction(services, ({ em }) =>
    enqueueMail(em, services, {
      to: 'ada@example.test',
      template: 'welcome',
      data: { name: 'Ada' },
      ...(dedupeKey ? { dedupeKey } : {}),
    }),
  )
}

function recording(fail: () => boolean = () => false) {
  const sent: Parameters<Transport['sendMail']>[0][] = []
  const transport: Transport = {
    sendMail: async (message) => {
      if (fail()) throw new Error('452 try again later')
      sent.push(message)
    },
  }
  return { sent, transport }
}

async function states(services: Services): Promise<string[]> {
  const { rows } = await services.pool.query<{ state: string }>('select state from email_message order by created_at')
  return rows.map(({ state }) => state)
}

test('a mail that was ordered goes out once, and its body is not kept', async () => {
  await using app = await startTestApp({ environment: withSmtp })
  await order(app.services)
  const { sent, transport } = recording()
  await Promise.all([deliverDue(app.services, transport), deliverDue(app.services, transport), deliverDue(app.services, transport)])
  expect(sent).toHaveLength(1)
  expect(sent[0]).toMatchObject({ to: 'ada@example.test', subject: 'Your address is verified' })
  const { rows } = await app.services.pool.query('select state, text_body, html_body from email_message')
  expect(rows).toEqual([{ state: 'sent', text_body: '', html_body: '' }])
})

test('a mail of a change that was rolled back does not go out', async () => {
  await using app = await startTestApp({ environment: withSmtp })
  const failing = inSystemTransaction(app.services, async ({ em }) => {
    await enqueueMail(em, app.services, { to: 'ada@example.test', template: 'welcome', data: { name: 'Ada' } })
    throw new Error('the change failed')
  })
  await expect(failing).rejects.toThrow('the change failed')
  const { sent, transport } = recording()
  await deliverDue(app.services, transport)
  expect(sent).toEqual([])
})

test('of several orders with one key, one goes out', async () => {
  await using app = await startTestApp({ environment: withSmtp })
  await Promise.all(Array.from({ length: 10 }, () => order(app.services, 'welcome ada')))
  const { sent, transport } = recording()
  await deliverDue(app.services, transport)
  expect(sent).toHaveLength(1)
})

test('what cannot be sent is tried eight times, further and further apart, with the same Message-ID, and then given up', async () => {
  const clock = manualClock('2026-11-23T10:00:00Z')
  await using app = await startTestApp({ clock, environment: withSmtp })
  await order(app.services)
  let attempts = 0
  const { transport } = recording(() => ++attempts > 0)
  for (let hours = 0; hours < 24; hours += 0.125) {
    await deliverDue(app.services, transport)
    clock.advance(0.125 * 3_600_000)
  }
  expect(attempts).toBe(8)
  expect(await states(app.services)).toEqual(['dead'])
  const { rows } = await app.services.pool.query<{ error: string }>('select error from email_message')
  expect(rows[0]?.error).toBe('452 try again later')
})

test('a mail that failed goes out when the server takes mail again', async () => {
  const clock = manualClock('2026-11-23T10:00:00Z')
  await using app = await startTestApp({ clock, environment: withSmtp })
  await order(app.services)
  let down = true
  const { sent, transport } = recording(() => down)
  await deliverDue(app.services, transport)
  down = false
  await deliverDue(app.services, transport)
  expect(sent).toHaveLength(0)
  clock.advance(30_000)
  await deliverDue(app.services, transport)
  expect(sent).toHaveLength(1)
})

test('a mail that a node took and never finished is taken by another', async () => {
  const clock = manualClock('2026-11-23T10:00:00Z')
  await using app = await startTestApp({ clock, environment: withSmtp })
  await order(app.services)
  deliverDue(app.services, { sendMail: () => new Promise(() => undefined) }).catch(() => undefined)
  await expect.poll(async () => (await app.services.pool.query('select attempts from email_message')).rows[0]?.attempts).toBe(1)
  const { sent, transport } = recording()
  await deliverDue(app.services, transport)
  expect(sent).toHaveLength(0)
  clock.advance(120_000)
  await deliverDue(app.services, transport)
  expect(sent).toHaveLength(1)
})
