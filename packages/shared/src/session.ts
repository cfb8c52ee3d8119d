import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './time.ts'

/** A device in words, as far as what it says of itself can be believed. */
export const Device = z.strictObject({
  program: z.string().nullable().describe('Such as Firefox, or curl.'),
  system: z.string().nullable().describe('Such as Windows, or iOS.'),
})
export type Device = z.infer<typeof Device>

export const SessionView = z
  .strictObject({
    id: idOf('session'),
    device: Device,
    address: z.string().nullable(),
    createdAt: Instant,
    lastSeenAt: Instant.describe('To within five minutes.'),
    expiresAt: Instant,
    current: z.boolean().describe('The session this was asked with.'),
  })
  .meta({ id: 'Session' })
export type SessionView = z.infer<typeof SessionView>

export const SessionList = z.strictObject({ sessions: z.array(SessionView) })
export const SessionIdInput = z.strictObject({ id: idOf('session') })
export const EndedSessions = z.strictObject({ ended: z.int() })

export const LoginMethod = z.enum([
  'password',
  'device',
  'github',
  'google',
  'passkey',
  'magic_link',
  'mail_code',
  'totp',
  'backup_code',
  'confirmation',
])
export type LoginMethod = z.infer<typeof LoginMethod>
export const LoginOutcome = z.enum(['success', 'pending', 'failure', 'refused'])

export const LoginEventView = z
  .strictObject({
    id: z.string(),
    method: LoginMethod.describe('`confirmation`: the password was asked for again before a change.'),
    outcome: LoginOutcome.describe(
      '`pending`: the first factor was right, and the second was asked for. `refused`: it was one attempt too many, and was not looked at.',
    ),
    reason: z.string().nullable(),
    address: z.string().nullable(),
    device: Device,
    at: Instant,
  })
  .meta({ id: 'LoginEvent' })
export type LoginEventView = z.infer<typeof LoginEventView>
