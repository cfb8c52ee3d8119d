import { createHmac } from 'node:crypto'
import { callServer } from './call-server.ts'
import type { Customer } from './customer.ts'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Turns two-step sign-in on for a person, the way a person does with an authenticator app. */
export async function setUpAuthenticator(url: string, { email, password }: Customer): Promise<void> {
  const { accessToken } = await callServer(url).auth.login.mutate({ email, password })
  const { secondFactor } = callServer(url, accessToken).auth
  const { secret } = await secondFactor.offerTotp.mutate()
  await secondFactor.confirmTotp.mutate({ code: codeOf(secret, Date.now()) })
}

/** The code that an app shows (RFC 6238). */
function codeOf(secret: string, at: number): string {
  const bits = [...secret.replace(/=+$/, '')].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const hash = createHmac('sha1', key).update(step).digest()
  const from = hash[19]! & 15
  return String((hash.readUInt32BE(from) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0')
}
