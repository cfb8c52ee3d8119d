import { expect, test } from 'vitest'
import { declaredProcedures } from '../../testing/declared-procedures.ts'
import { startTestApp } from '../../testing/index.ts'
import { propertiesOf } from '../schema-properties.ts'
import { doors } from './doors.ts'
import { secrets } from './secrets.ts'

/** Fields that are called like a secret and are none: what a signed-in person types or passes on to say which request they mean. */
const notSecret = new Set([
  'auth.device.describe userCode',
  'auth.device.approve userCode',
  'auth.device.deny userCode',
  // the same for a browser, which gets its session in a cookie
  'auth.challenge.signIn code',
  'auth.mail.signInWithCode code',
  'auth.mail.signInWithLink token',
  // of an authenticator app, typed by who is signed in; its own tests try it twice and fifty times
  'auth.secondFactor.confirmTotp code',
])

/** Columns that are named like a secret and open nothing here. */
const notOpening = new Set([
  // what a provider gave us, sealed
  'account.access_token',
  'account.refresh_token',
  'account.id_token',
  // typed by somebody who is signed in, to say which device they mean
  'device_code.user_code',
  // of a trip to a provider and of a passkey's signature: the tests of those use them up
  'provider_attempt.state_hash',
  'provider_attempt.browser_hash',
  'passkey_challenge.challenge_hash',
  // why something was decided
  'decision_log.code',
  'quota_request.code',
  'usage_rejection.code',
  // of what was sent, to know it again
  'idempotency_record.request_hash',
  'login_event.identifier_hash',
  'usage_event_key.content_hash',
  // of an authenticator app and of backup codes: they are asked for beside a challenge, and their own tests use them up
  'totp_factor.secret',
  'backup_code.code_hash',
  // of a password that is asked for beside the token
  'registration.password_hash',
])

/** Where the server keeps its half of each secret. */
const keptIn: Record<string, string> = {
  'registration.token_hash': 'the token of a registration',
  'mail_token.token_hash': 'the link that sets a password',
  'device_code.device_code': 'the code of an approved device',
  'refresh_family.token_hash': 'a refresh token',
  'session.token': 'the cookie of a session',
  'api_key.hash': 'an API key',
  'mail_sign_in.link_hash': 'the link of a sign-in mail',
  'mail_sign_in.attempt_hash': 'the code of a sign-in mail, where it was asked for',
  'mail_sign_in.code_hash': 'the code of a sign-in mail, where it was asked for',
  'step_up_code.code_hash': 'the code that proves again who one is',
  'sign_in_challenge.token_hash': 'a sign-in that waits for its second factor',
  'invitation.token_hash': 'the link of an invitation',
}

test('every procedure that takes a secret is a door, so that every other secret is tried at it', () => {
  const known = new Set(doors.map(({ procedure }) => procedure))
  const taking = declaredProcedures().flatMap(({ name, input }) =>
    propertiesOf(input)
      .filter((field) => /token|secret|code$|otp|assertion|challenge/i.test(field) && !notSecret.has(`${name} ${field}`))
      .map((field) => ({ name, field })),
  )
  expect(taking.length).toBeGreaterThan(6)
  expect(taking.filter(({ name }) => !known.has(name))).toEqual([])
})

test('every secret opens a door, and every door is opened by one', () => {
  const opened = new Set(secrets.flatMap(({ opens }) => opens))
  expect([...opened].filter((name) => !doors.some((door) => door.name === name))).toEqual([])
  expect(doors.filter(({ name }) => !opened.has(name))).toEqual([])
})

test('every column that keeps half of a secret is of one that stands in the list', async () => {
  await using app = await startTestApp()
  const { rows } = await app.services.pool.query<{ name: string }>(
    `select table_name || '.' || column_name as name from information_schema.columns
     where table_schema = 'public' and data_type in ('text', 'character varying', 'bytea')
       and column_name ~ '(token|secret|code|otp|challenge|hash)$' order by 1`,
  )
  const names = new Set(secrets.map(({ name }) => name))
  expect(Object.values(keptIn).filter((name) => !names.has(name))).toEqual([])
  expect(rows.map(({ name }) => name).filter((name) => !(name in keptIn) && !notOpening.has(name))).toEqual([])
})
