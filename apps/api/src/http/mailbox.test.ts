import { expect, test } from 'vitest'
import { inSystemTransaction } from '../kernel/in-transaction.ts'
import { enqueueMail } from '../modules/notification/index.ts'
import { startTestApp } from '../testing/index.ts'

const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>`

test('the mailbox lists what would have been sent, newest first, for people and for programs', async () => {
  await using app = await startTestApp()
  for (const email of ['first@example.test', 'second@example.test']) {
    await app.call('POST', '/auth/register', { email, password: 'orchard lantern 57', name: 'A' })
  }
  const { body, headers } = await app.call('GET', '//dev/mailbox.json')
  const messages = body as { id: string; to: string; text: string; html: string; subject: string; at: string }[]
  expect(messages.map(({ to }) => to)).toEqual(['second@example.test', 'first@example.test'])
  expect(Object.keys(messages[0]!).sort()).toEqual(['at', 'html', 'id', 'subject', 'text', 'to'])
  expect(headers.get('cache-control')).toBe('no-store')
  const page = String((await app.call('GET', '//dev/mailbox')).body)
  expect(page.indexOf('second@example.test')).toBeLessThan(page.indexOf('first@example.test'))
  const message = String((await app.call('GET', `//dev/mailbox/${messages[0]!.id}`)).body)
  expect(message).toMatch(/<iframe [^>]*sandbox="allow-top-navigation-by-user-activation"/)
  expect(message).toContain(`href="${/https?:\S+verify-email\S+/.exec(messages[0]!.text)![0]}"`)
})

test('nothing that is in a mail runs in the mailbox', async () => {
  await using app = await startTestApp()
  await inSystemTransaction(app.services, ({ em }) =>
    enqueueMail(em, app.services, { to: `${hostile}@example.test`, template: 'welcome', data: { name: hostile } }),
  )
  const [{ id }] = (await app.call('GET', '//dev/mailbox.json')).body as [{ id: string }]
  for (const path of ['//dev/mailbox', `//dev/mailbox/${id}`]) {
    const { body, headers } = await app.call('GET', path)
    expect(String(body)).not.toContain('<script')
    expect(String(body)).not.toContain('<img')
    expect(headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  }
})

test('bodies are sealed in the database, as their links are keys', async () => {
  await using app = await startTestApp()
  await app.call('POST', '/auth/register', { email: 'a@example.test', password: 'orchard lantern 57', name: 'A' })
  const { rows } = await app.services.pool.query<{ stored: string }>('select m::text as stored from email_message m')
  expect(rows).toHaveLength(1)
  expect(rows[0]!.stored).not.toContain('verify-email?token')
})

test('a message that is not there is a 404, and production has no mailbox at all', async () => {
  await using app = await startTestApp()
  expect((await app.call('GET', '//dev/mailbox/eml_none')).status).toBe(404)
  await using production = await startTestApp({
    environment: {
      NODE_ENV: 'production',
      TOLLKEEPER_URL: 'https://accounts.example.com',
      SMTP_URL: 'smtp://127.0.0.1:1',
      STRIPE_SECRET_KEY: 'sk_test_x',
      STRIPE_WEBHOOK_SECRETS: 'whsec_x',
    },
  })
  for (const path of ['//dev/mailbox', '//dev/mailbox.json', '//dev/mailbox/eml_none']) {
    expect((await production.call('GET', path)).status).toBe(404)
  }
  const { email, password } = { email: 'operator@tollkeeper.test', password: 'operator of the test server' }
  const signedIn = await production.call('POST', '//trpc/auth.signIn', { email, password })
  const cookies = signedIn.headers.getSetCookie().map((cookie) => cookie.split('; '))
  expect(cookies.map(([value, ...attributes]) => [value!.split('=')[0], ...attributes.sort()])).toEqual([
    ['__Host-tollkeeper.session', 'HttpOnly', 'Max-Age=2592000', 'Path=/', 'SameSite=Lax', 'Secure'],
  ])
})
