import { timingSafeEqual } from 'node:crypto'
import { verify as verifyArgon2 } from '@node-rs/argon2'
import { derivePbkdf2, deriveScrypt } from './derive-key.ts'
import { verifyBcrypt } from './verify-bcrypt.ts'

/** A hash another system made, as far as it is needed to check a password against it. */
export type ForeignHash =
  | { scheme: 'argon2' }
  | { scheme: 'bcrypt' }
  | { scheme: 'scrypt'; logN: number; r: number; p: number; salt: Buffer; key: Buffer }
  | { scheme: 'pbkdf2'; digest: string; iterations: number; salt: Buffer; key: Buffer }

const BCRYPT = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/
const ARGON2 = /^\$argon2(?:id|i|d)\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$[A-Za-z0-9+/]{11,171}\$[A-Za-z0-9+/]{16,171}$/
const SCRYPT = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/.]{2,171})={0,2}\$([A-Za-z0-9+/.]{22,171})={0,2}$/
const PBKDF2 =
  /^\$pbkdf2(?:-(sha1|sha256|sha512))?\$(?:i=)?(\d{1,8})(?:,l=\d{1,3})?\$([A-Za-z0-9+/.]{2,171})={0,2}\$([A-Za-z0-9+/.]{22,171})={0,2}$/

/** The most one check may cost, so that a list of people cannot be made into a load: 256 MiB, and about two seconds. */
const MOST_KIB = 262_144
const MOST_BCRYPT_COST = 14
const MOST_ITERATIONS = 2_000_000

/** @returns the hash; `unknown` for a form that is not read here, `too_costly` for one that takes more than a check may */
export function readForeignHash(text: string): ForeignHash | 'unknown' | 'too_costly' {
  return readBcrypt(text) ?? readArgon2(text) ?? readScrypt(text) ?? readPbkdf2(text) ?? 'unknown'
}

/** Whether a password fits a hash another system made. It is tried as it was typed: what we normalise, others may not have. */
export async function fitsForeignHash(text: string, password: string): Promise<boolean> {
  const hash = readForeignHash(text)
  if (hash === 'unknown' || hash === 'too_costly') return false
  for (const candidate of new Set([password, password.normalize('NFKC')])) if (await fits(hash, text, candidate)) return true
  return false
}

async function fits(hash: ForeignHash, text: string, password: string): Promise<boolean> {
  if (hash.scheme === 'argon2') return verifyArgon2(text, password)
  if (hash.scheme === 'bcrypt') return verifyBcrypt(text, password)
  const derived = hash.scheme === 'scrypt' ? await deriveScrypt(password, hash) : await derivePbkdf2(password, hash)
  return timingSafeEqual(derived, hash.key)
}

function readBcrypt(text: string): ForeignHash | 'unknown' | 'too_costly' | null {
  const match = BCRYPT.exec(text)
  if (!match) return null
  const cost = Number(match[1])
  if (cost < 4 || cost > 31) return 'unknown'
  return cost > MOST_BCRYPT_COST ? 'too_costly' : { scheme: 'bcrypt' }
}

function readArgon2(text: string): ForeignHash | 'unknown' | 'too_costly' | null {
  const match = ARGON2.exec(text)
  if (!match) return null
  const [memory, time, lanes] = match.slice(1, 4).map(Number) as [number, number, number]
  if (time < 1 || lanes < 1 || memory < 8 * lanes) return 'unknown'
  return memory > MOST_KIB || memory * time > 4 * MOST_KIB || lanes > 16 ? 'too_costly' : { scheme: 'argon2' }
}

function readScrypt(text: string): ForeignHash | 'unknown' | 'too_costly' | null {
  const match = SCRYPT.exec(text)
  if (!match) return null
  const [logN, r, p] = match.slice(1, 4).map(Number) as [number, number, number]
  if (logN < 1 || r < 1 || p < 1) return 'unknown'
  const kib = (128 * 2 ** logN * r) / 1024
  if (kib > MOST_KIB || kib * p > 4 * MOST_KIB) return 'too_costly'
  return { scheme: 'scrypt', logN, r, p, salt: fromBase64(match[4]!), key: fromBase64(match[5]!) }
}

function readPbkdf2(text: string): ForeignHash | 'unknown' | 'too_costly' | null {
  const match = PBKDF2.exec(text)
  if (!match) return null
  const iterations = Number(match[2])
  if (iterations < 1) return 'unknown'
  if (iterations > MOST_ITERATIONS) return 'too_costly'
  // passlib's plain `$pbkdf2$` is SHA-1
  return { scheme: 'pbkdf2', digest: match[1] ?? 'sha1', iterations, salt: fromBase64(match[3]!), key: fromBase64(match[4]!) }
}

/** Base64 as PHC has it, without padding; passlib writes a dot for the plus. */
function fromBase64(text: string): Buffer {
  return Buffer.from(text.replaceAll('.', '+'), 'base64')
}
