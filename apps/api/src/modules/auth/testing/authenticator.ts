import type { BackupCodes, PendingSignIn, TotpOffer } from '@tollkeeper/shared'
import { Secret, TOTP } from 'otpauth'
import { expect } from 'vitest'
import type { Clock } from '../../../kernel/clock.ts'
import { type Answer, type Call, callerOf, type TestApp, type TestPerson } from '../../../testing/index.ts'

/** A clock that a test moves. */
export type MovedClock = Clock & { advance(ms: number): void }

export interface Authenticator {
  secret: string
  backupCodes: string[]
  /** The code of now, or of some steps from now. */
  code(steps?: number): string
  /** A code that was not used: time goes on until there is one. */
  nextCode(): string
}

const STEP_MS = 30_000

/** Sets up an authenticator app for a person, the way a person does. */
export async function setUpTotp({ call }: Pick<TestPerson, 'call'>, clock: MovedClock): Promise<Authenticator> {
  const offer = await call('POST', '/users/me/second-factor/totp')
  expect(offer).toMatchObject({ status: 201 })
  const { secret } = offer.body as TotpOffer
  const code = (steps = 0) =>
    TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: clock.now().getTime() + steps * STEP_MS })
  const nextCode = () => {
    clock.advance(STEP_MS)
    return code()
  }
  const confirmed = await call('POST', '/users/me/second-factor/totp/confirm', { code: nextCode() })
  expect(confirmed).toMatchObject({ status: 200 })
  return { secret, backupCodes: (confirmed.body as BackupCodes).backupCodes, code, nextCode }
}

/** Signs in with the password of a person who has a second factor. @returns the challenge's token */
export async function firstStep(call: Call, { email, password }: Pick<TestPerson, 'email' | 'password'>): Promise<string> {
  const answer = await call('POST', '/auth/login', { email, password })
  expect(answer).toMatchObject({ status: 401, body: { code: 'auth.second_factor_needed' } })
  return (answer.body as { challenge: PendingSignIn }).challenge.token!
}

/** Sends the second step of a sign-in. */
export function secondStep(
  { url }: Pick<TestApp, 'url'>,
  token: string,
  code: string,
  method: 'totp' | 'backup_code' = 'totp',
): Promise<Answer> {
  return callerOf(url, { authorization: `Bearer ${token}` })('POST', '/auth/challenge', { method, code })
}
