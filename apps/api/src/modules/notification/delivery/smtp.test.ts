import { expect, test } from 'vitest'
import { manualClock } from '../../../kernel/clock.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { eventually } from '../../../testing/eventually.ts'
import { startTestApp } from '../../../testing/index.ts'
import { enqueueMail } from '../enqueue-mail.ts'
import { type Behaviour, startSmtpServer } from '../testing/smtp-server.ts'
import { deliverDue } from './mail-sender.ts'
import { openTransport } from './open-transport.ts'

const RECIPIENT = 'Ada@example.test'

async function startPost() {
  await using started = new AsyncDisposableStack()
  const smtp = started.use(await startSmtpServer())
  const clock = manualClock('2026-11-23T10:00:00Z')
  const { services } = started.use(await startTestApp({ clock, environment: { SMTP_URL: smtp.url } }))
  const transport = openTransport(smtp.url, services.config.mail.from, 500)
  started.defer(() => transport.close?.())
  const held = started.move()
  const rows = async <Row>(sql: string) => (await services.pool.query(sql)).rows as Row[]
  return {
    smtp,
    clock,
    round: () => deliverDue(services, transport),
    order: (template: 'security' | 'quota' = 'security') =>
      inSystemTransaction(services, ({ em }) =>
        template === 'security'
          ? enqueueMail(em, services, { to: RECIPIENT, template: 'password-changed', data: { name: 'Ada', at: 'now' } })
          : enqueueMail(em, services, {
              to: RECIPIENT,
              template: 'quota-near',
              data: { name: 'Ada', tenant: 'Works', feature: 'Characters', used: 8, limit: 10, resetsAt: null },
            }),
      ),
    states: async () => (await rows<{ state: string }>('select state from email_message order by state')).map(({ state }) => state),
    suppressed: () => rows<{ address: string; reason: string }>('select address, reason from mail_suppression'),
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  }
}

test('a registration reaches the SMTP server, with text, HTML and our own link', async () => {
  await using smtp = await startSmtpServer()
  await using app = await startTestApp({ background: true, environment: { SMTP_URL: smtp.url } })
  await app.call('POST', '/auth/register', { email: 'ada@example.test', password: 'orchard lantern 57', name: 'Ada' })
  await eventually(
    async () => smtp.received.length,
    (count) => count > 0,
    20_000,
  )
  const [message] = smtp.received
  expect(smtp.received).toHaveLength(1)
  expect(message).toMatch(/^To: ada@example\.test\r?$/m)
  expect(message).toMatch(/^Subject: Verify your address\r?$/m)
  expect(message).toMatch(/^Message-ID: <eml_[0-9a-z]{26}@localhost>\r?$/m)
  expect(message).toContain('text/plain')
  expect(message).toContain('text/html')
  expect(message?.replaceAll(/=\r?\n/g, '')).toContain(`${app.services.publicUrl}/verify-email?token=`)
  expect((await app.call('GET', '//dev/mailbox.json')).body).toEqual([])
})

const passing: [string, Behaviour][] = [
  ['a 4xx answer to the recipient', { rcpt: '451 4.3.0 try again later' }],
  ['a 4xx answer to the message', { data: '452 4.3.1 insufficient storage' }],
  ['a connection that is cut', 'cut'],
  ['a server that says nothing', 'silent'],
]
test.each(passing)('%s: the mail goes out later, once, and nobody is held to be gone', async (_what, behaviour) => {
  await using post = await startPost()
  await post.order()
  post.smtp.behave(behaviour)
  await post.round()
  expect(await post.states()).toEqual(['queued'])
  post.smtp.behave('take')
  await post.round()
  expect(post.smtp.received).toHaveLength(0)
  post.clock.advance(30_000)
  await post.round()
  await post.round()
  expect(post.smtp.received).toHaveLength(1)
  expect(await post.states()).toEqual(['sent'])
  expect(await post.suppressed()).toEqual([])
})

test('an address that is refused for good is written to no more, but for what its safety needs', async () => {
  await using post = await startPost()
  await post.order('quota')
  post.smtp.behave({ rcpt: '550 5.1.1 no such user' })
  await post.round()
  expect(await post.states()).toEqual(['bounced'])
  expect(await post.suppressed()).toEqual([{ address: 'ada@example.test', reason: expect.stringContaining('5.1.1') }])

  await post.order('quota')
  await post.order()
  await post.round()
  expect(await post.states()).toEqual(['bounced', 'bounced', 'suppressed'])
  expect(post.smtp.asked).toHaveLength(2)

  post.smtp.behave('take')
  await post.order()
  await post.round()
  expect(await post.suppressed()).toEqual([])
  await post.order('quota')
  await post.round()
  expect(post.smtp.received).toHaveLength(2)
})

const final: [string, Behaviour, boolean][] = [
  ['550 5.1.1 no such user', { rcpt: '550 5.1.1 no such user' }, true],
  ['550 without an enhanced code', { rcpt: '550 no such user' }, true],
  ['553 without an enhanced code', { rcpt: '553 mailbox name not allowed' }, true],
  ['550 5.2.1 disabled', { rcpt: '550 5.2.1 mailbox disabled' }, true],
  ['552 5.2.2 mailbox full', { rcpt: '552 5.2.2 mailbox full' }, false],
  ['550 5.7.1 blocked by policy', { rcpt: '550 5.7.1 blocked by policy' }, false],
  ['554 5.7.1 refused as spam', { data: '554 5.7.1 looks like spam' }, false],
]
test.each(final)(
  '%s: the message is given up at once, and the address is held against only if it is gone',
  async (_what, behaviour, gone) => {
    await using post = await startPost()
    await post.order()
    post.smtp.behave(behaviour)
    await post.round()
    post.clock.advance(86_400_000)
    post.smtp.behave('take')
    await post.round()
    expect(await post.states()).toEqual(['bounced'])
    expect(post.smtp.received).toEqual([])
    expect((await post.suppressed()).length > 0).toBe(gone)
  },
)
