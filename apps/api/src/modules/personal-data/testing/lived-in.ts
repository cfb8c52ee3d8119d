import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import type { TestApp, TestPerson } from '../../../testing/index.ts'

/** In lower case, as addresses are kept. Nothing else in a test database reads like it. */
export const canary = 'zzcanary'

/** A person who has left their mark, the canary, wherever a person can, and where others can leave it about them. */
export async function livedIn(app: TestApp): Promise<TestPerson> {
  const { pool } = app.services
  const person = await app.person(`Ada ${canary}`)
  await app.call('POST', '/auth/login', { email: person.email, password: 'not the password' }, { 'user-agent': canary })
  await person.call('POST', '/auth/login', { email: person.email, password: person.password }, { 'user-agent': canary })
  const picture = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  await person.call('PUT', '/users/me/avatar', { image: picture.toString('base64') })
  await person.call('PUT', '/users/me/preferences', { theme: 'dark' })
  await person.call('POST', '/tenants', { name: 'Shared works' }, { 'idempotency-key': `${canary}-key` })
  const inOwn = { 'x-tenant-id': person.tenantId }
  const issued = await person.call('POST', '/api-keys', { name: `${canary} key`, scopes: ['decision:ask', 'usage:write'] }, inOwn)
  const asKey = { authorization: `Bearer ${(issued.body as { secret: string }).secret}` }
  await app.call('POST', '/authorize', { feature: 'characters', amount: 10, requestId: `${canary}-request` }, asKey)
  await app.call('POST', '/authorize', { feature: 'characters', amount: 9_999_999, requestId: `${canary}-denied` }, asKey)
  const event = { id: `${canary}-event`, feature: 'characters', amount: 1, properties: { who: canary } }
  await app.call('POST', '/usage', { events: [event] }, asKey)
  await reconsidered(app, person)
  await leftByOthers(app, person)
  await pool.query(`update invoice set hosted_url = $2 where tenant_id = $1`, [person.tenantId, `https://pay.test/${canary}`])
  return person
}

/** An operator who writes about them. */
async function reconsidered(app: TestApp, person: TestPerson): Promise<void> {
  const operator = await app.operator()
  await operator.call('POST', `/users/${person.userId}/impersonate`, { reason: `${canary} asked us to look` })
}

/** What comes by ways that a test does not go: providers, the payment provider, and flows that were broken off. */
async function leftByOthers({ services: { pool } }: TestApp, { userId, tenantId, email }: TestPerson): Promise<void> {
  const token = () => randomBytes(12).toString('hex')
  const write = (table: string, row: Record<string, unknown>) =>
    pool.query(
      `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.keys(row).map((_, index) => `$${index + 1}`)})`,
      Object.values(row),
    )
  const soon = new Date(Date.now() + 30 * 86_400_000)
  await write('account', { id: `acc_${token()}`, user_id: userId, provider_id: 'github', account_id: canary, scope: canary })
  await write('verification', { id: `ver_${token()}`, identifier: `sign-in ${email}`, value: canary, expires_at: soon })
  await write('device_code', {
    id: `dev_${token()}`,
    device_code: token(),
    user_code: token(),
    user_id: userId,
    client_id: canary,
    status: 'approved',
    expires_at: soon,
  })
  await write('registration', {
    id: `reg_${token()}`,
    email,
    name: canary,
    password_hash: canary,
    token_hash: token(),
    address_bucket: canary,
    locale: 'en',
    created_at: new Date(),
    expires_at: soon,
  })
  await write('mail_suppression', { address: email, reason: canary, created_at: new Date() })
  await write('customer', { tenant_id: tenantId, id: `cst_${token()}`, stripe_customer_id: `cus_${canary}` })
  await write('invoice', {
    tenant_id: tenantId,
    id: `inv_${token()}`,
    stripe_invoice_id: `in_${token()}`,
    number: 'T-1',
    status: 'paid',
    currency: 'cny',
    total_minor: 2900,
    paid_minor: 2900,
    created_at: new Date(),
    fetched_at: new Date(),
    fetch_number: 1,
  })
  await write('stripe_event', {
    id: `evt_${token()}`,
    type: 'customer.created',
    livemode: false,
    payload: { data: { object: { id: `cus_${canary}`, email, name: canary } } },
    received_at: new Date(),
  })
}
