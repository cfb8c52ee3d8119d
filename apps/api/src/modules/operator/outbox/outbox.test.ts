import { expect, test } from 'vitest'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { startTestApp, type TestApp } from '../../../testing/index.ts'
import { enqueueMail } from '../../notification/index.ts'

async function mailIn(app: TestApp, state: string, template: 'password-changed' | 'quota-near' = 'password-changed') {
  const { services } = app
  const to = `${state}@example.test`
  await inSystemTransaction(services, ({ em }) =>
    template === 'quota-near'
      ? enqueueMail(em, services, {
          to,
          template,
          data: { name: 'Ada', tenant: 'Works', feature: 'Characters', used: 8, limit: 10, resetsAt: null },
        })
      : enqueueMail(em, services, { to, template, data: { name: 'Ada', at: 'now' } }),
  )
  const { rows } = await services.pool.query<{ id: string }>(
    `update email_message set state = $2, attempts = 8, error = '550 no', next_attempt_at = null where recipient = $1 returning id`,
    [to, state],
  )
  return rows[0]!.id
}

const codeOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code?: string }).code]

test('operators find mails by state and recipient, and never see what they say', async () => {
  await using app = await startTestApp()
  const [operator, dead] = [await app.operator(), await mailIn(app, 'dead')]
  await mailIn(app, 'bounced')
  const found = await operator.call('GET', '/mails?state=dead')
  expect(found.body).toMatchObject({
    rows: [{ id: dead, to: 'dead@example.test', state: 'dead', error: '550 no', attempts: 8, security: true }],
    nextCursor: null,
    byState: { dead: 1, bounced: 1 },
  })
  expect((await operator.call('GET', '/mails?search=BOUNCED@')).body).toMatchObject({ rows: [{ state: 'bounced' }] })
  const all = JSON.stringify((await operator.call('GET', '/mails?limit=100')).body)
  expect(all).not.toContain('token=')
  expect(all).not.toMatch(/text_body|html|"text"/)
  expect(codeOf(await (await app.person()).call('GET', '/mails'))).toEqual([403, 'access.operator_only'])
})

test('a mail that was given up goes back to the queue once, and nothing else does', async () => {
  await using app = await startTestApp()
  const operator = await app.operator()
  const [dead, sent] = [await mailIn(app, 'dead'), await mailIn(app, 'sent')]
  expect((await operator.call('POST', `/mails/${dead}/resend`, {})).status).toBe(202)
  const { rows } = await app.services.pool.query('select state, attempts, error from email_message where id = $1', [dead])
  expect(rows).toEqual([{ state: 'queued', attempts: 0, error: null }])
  expect(codeOf(await operator.call('POST', `/mails/${dead}/resend`, {}))).toEqual([409, 'mail.not_resendable'])
  expect(codeOf(await operator.call('POST', `/mails/${sent}/resend`, {}))).toEqual([409, 'mail.not_resendable'])
  expect(codeOf(await operator.call('POST', '/mails/eml_06f4kzs8m2v1c9q7e3r5t0w4xb/resend', {}))).toEqual([404, 'mail.not_found'])
  const audit = await app.services.pool.query(`select target from audit_entry where action = 'mail.resent'`)
  expect(audit.rows).toEqual([{ target: dead }])
})

test('an address on the list is seen, holds back what can be done without, and can be taken off', async () => {
  await using app = await startTestApp()
  const operator = await app.operator()
  const id = await mailIn(app, 'bounced', 'quota-near')
  await app.services.pool.query(
    `insert into mail_suppression (address, reason, mail_id, created_at) values ('bounced@example.test', '550 5.1.1', $1, now())`,
    [id],
  )
  expect((await operator.call('GET', '/mail-suppressions')).body).toMatchObject({
    rows: [{ address: 'bounced@example.test', reason: '550 5.1.1' }],
  })
  expect(codeOf(await operator.call('POST', `/mails/${id}/resend`, {}))).toEqual([409, 'mail.suppressed'])
  expect((await operator.call('DELETE', '/mail-suppressions/Bounced%40example.test')).status).toBe(200)
  expect(codeOf(await operator.call('DELETE', '/mail-suppressions/bounced%40example.test'))).toEqual([404, 'mail.not_found'])
  expect((await operator.call('POST', `/mails/${id}/resend`, {})).status).toBe(202)
})
