import { Secret, TOTP } from 'otpauth'

const ISSUER = 'Tollkeeper'
/** RFC 4226 §4 asks for 128 bits and recommends 160. */
const SECRET_BYTES = 20
const STEP_MS = 30_000
/** Steps before and after the current one that are taken too, for clocks that differ (RFC 6238 §5.2). */
const WINDOW = 1

/** A new shared secret, in Base32. */
export function mintTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32
}

/** What an authenticator app reads out of a QR code. */
export function totpUri(secret: string, account: string): string {
  return new TOTP({ issuer: ISSUER, label: account, secret: Secret.fromBase32(secret) }).toString()
}

/** The step whose code this is, near now; null when it is none. Who asks sees to it that a step is taken once. */
export function stepOfCode(secret: string, typed: string, now: Date): number | null {
  const code = typed.replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(code)) return null
  const timestamp = now.getTime()
  const delta = TOTP.validate({ token: code, secret: Secret.fromBase32(secret), timestamp, window: WINDOW })
  return delta === null ? null : Math.floor(timestamp / STEP_MS) + delta
}
