import { expect, test } from 'vitest'
import { startTestApp } from '../testing/index.ts'
import { sweep } from './sweep.ts'

test('changes are kept for an hour and stored answers for two days, then removed', async () => {
  await using app = await startTestApp()
  const { services } = app
  await services.pool.query('delete from change')
  await services.pool.query(
    `insert into change (kind, subject, at) select 'user', age, now() - age::interval from unnest(array['1 minute', '50 minutes', '61 minutes', '3 days']) age`,
  )
  await services.pool.query(
    `insert into idempotency_record (caller_id, key, procedure, request_hash, at)
     select 'usr_1', age, 'p', 'h', now() - age::interval from unnest(array['1 minute', '47 hours', '49 hours']) age`,
  )
  await sweep(services)
  const changes = await services.pool.query<{ subject: string }>('select subject from change order by at desc')
  expect(changes.rows.map(({ subject }) => subject)).toEqual(['1 minute', '50 minutes'])
  const answers = await services.pool.query<{ key: string }>('select key from idempotency_record order by at desc')
  expect(answers.rows.map(({ key }) => key)).toEqual(['1 minute', '47 hours'])
})
