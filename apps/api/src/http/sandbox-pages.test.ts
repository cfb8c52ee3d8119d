import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { startTestApp, type TestApp } from '../testing/index.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ background: true })
})
afterAll(() => app[Symbol.asyncDispose]())

test('what was refused at the limit is allowed once it is paid for on the page of the sandbox', async () => {
  const ada = await app.person()
  const key = await app.key(ada)
  const ask = async () => {
    const { body } = await key.call('POST', '/authorize', { feature: 'characters', amount: 5_000 })
    return body as { allowed: boolean; code: string; remedies?: unknown[] }
  }
  expect(await ask()).toMatchObject({ allowed: false, code: 'quota.limit_reached' })

  const { status, body } = await ada.call('POST', '/subscriptions', { plan: 'starter' })
  expect(status).toBe(200)
  const { url } = body as { url: string }
  expect(url).toMatch(/^http:\/\/localhost:\d+\/_stripe\/c\/pay\/cs_test_/)

  const page = await fetch(url)
  expect(page.status).toBe(200)
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  // the form goes to the page itself, and the answer leads back to the web client: a form-action would stop the second
  expect(policy).not.toContain('form-action')

  const form = new URLSearchParams({ email: ada.email, name: 'Ada', card: '4242 4242 4242 4242', action: 'pay' })
  const paid = await fetch(url, { method: 'POST', body: form, redirect: 'manual' })
  expect(paid.status).toBe(303)
  expect(paid.headers.get('location')).toMatch(/\/billing\/confirming\?session=cs_test_/)
  await eventually(ask, ({ allowed }) => allowed)

  expect((await ada.call('GET', '/subscriptions/current')).body).toMatchObject({ plan: 'starter', status: 'active' })
  await eventually(
    async () => (await ada.call('GET', '/subscriptions/invoices')).body as { invoices: { status: string }[] },
    ({ invoices }) => invoices[0]?.status === 'paid',
  )
})

test('the API of the sandbox is not on the port of the server', async () => {
  const { status } = await app.call('GET', '//_stripe/v1/customers')
  expect(status).toBe(404)
})
