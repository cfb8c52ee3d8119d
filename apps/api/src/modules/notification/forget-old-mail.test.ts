import { expect, test } from 'vitest'
import { startTestApp } from '../../testing/index.ts'
import { forgetOldMail } from './forget-old-mail.ts'

test('mails are kept for thirty days once their fate is settled, for ninety where they were given up, and while they wait', async () => {
  await using app = await startTestApp()
  const { pool } = app.services
  await pool.query(
    `insert into email_message (id, template, recipient, subject, text_body, html_body, state, created_at)
     select state || ' ' || days, 'welcome', 'a@example.test', '', '', '', state, now() - days * interval '1 day'
     from unnest(array['sent', 'suppressed', 'mailbox', 'dead', 'bounced', 'queued']) state, unnest(array[29, 31, 91]) days`,
  )
  await forgetOldMail(app.services)
  const { rows } = await pool.query<{ id: string }>('select id from email_message where recipient = $1', ['a@example.test'])
  const expected = ['sent 29', 'suppressed 29', 'mailbox 29', 'dead 29', 'dead 31', 'bounced 29', 'bounced 31']
  expect(rows.map(({ id }) => id).toSorted()).toEqual([...expected, 'queued 29', 'queued 31', 'queued 91'].toSorted())
})
