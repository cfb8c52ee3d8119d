import { expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import { startTestApp } from '../../testing/index.ts'
import { firstStep, secondStep, setUpTotp } from '../auth/testing/authenticator.ts'
import { mailsTo, refusal } from '../auth/testing/visitor.ts'

test('an operator takes a lost second factor away with a reason: every session ends, the password is enough again, and the person is told', async () => {
  const clock = manualClock('2026-11-25T10:00:00Z')
  await using app = await startTestApp({ clock })
  const [ada, operator] = [await app.person(), await app.operator()]
  const totp = await setUpTotp(ada, clock)
  const pending = await firstStep(app.call, ada)
  const reset = (call = operator.call) =>
    call('POST', `/users/${ada.userId}/second-factor/reset`, { reason: 'lost her phone, showed her passport' })
  expect(refusal(await reset(ada.call))).toMatchObject({ code: 'access.operator_only' })
  expect(await operator.call('GET', `/users/${ada.userId}`)).toMatchObject({ body: { secondFactor: true } })
  expect(await reset()).toMatchObject({ status: 200 })
  expect(await operator.call('GET', `/users/${ada.userId}`)).toMatchObject({ body: { secondFactor: false } })
  expect(refusal(await ada.call('GET', '/users/me'))).toMatchObject({ code: 'auth.session_ended' })
  expect(refusal(await secondStep(app, pending, totp.nextCode()))).toMatchObject({ code: 'auth.challenge_ended' })
  expect(await app.call('POST', '/auth/login', { email: ada.email, password: ada.password })).toMatchObject({ status: 200 })
  expect((await mailsTo(app, ada.email)).map(({ subject }) => subject)).toContain('Your second step was reset')
  const { rows } = await app.services.pool.query(
    `select actor_id, target, details from audit_entry where action = 'user.second_factor_reset'`,
  )
  expect(rows).toEqual([
    { actor_id: operator.userId, target: ada.userId, details: { reason: 'lost her phone, showed her passport' } },
  ])
  expect(refusal(await reset())).toMatchObject({ code: 'auth.second_factor_missing' })
}, 60_000)
