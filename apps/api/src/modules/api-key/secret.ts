import { hash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const MARK = 'tk_'
const RANDOM_LENGTH = 32
const CHECKSUM_LENGTH = 6
const shape = new RegExp(`^${MARK}[0-9A-Za-z]{${RANDOM_LENGTH + CHECKSUM_LENGTH}}$`)

export interface MintedSecret {
  secret: string
  hash: string
  prefix: string
  lastFour: string
}

/** A new secret: 32 characters of chance (190 bits) and six that check them, so a typing error is told without a look-up. */
export function mintSecret(): MintedSecret {
  const body = MARK + randomLetters(RANDOM_LENGTH)
  const secret = body + checksumOf(body)
  return { secret, hash: hashSecret(secret), prefix: secret.slice(0, MARK.length + 6), lastFour: secret.slice(-4) }
}

/** Whether a credential is meant as an API key, right or wrong. */
export function looksLikeKey(credential: string): boolean {
  return credential.startsWith(MARK)
}

/** Whether it can be a key at all; a typing error cannot. */
export function isWellFormed(secret: string): boolean {
  return shape.test(secret) && checksumOf(secret.slice(0, -CHECKSUM_LENGTH)) === secret.slice(-CHECKSUM_LENGTH)
}

export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex')
}

function checksumOf(body: string): string {
  let rest = crc32(body)
  let text = ''
  for (let place = 0; place < CHECKSUM_LENGTH; place++) {
    text = LETTERS[rest % LETTERS.length] + text
    rest = Math.floor(rest / LETTERS.length)
  }
  return text
}

/** Bytes from 248 up are thrown away, so that every letter is as likely as the next. */
function randomLetters(count: number): string {
  const fair = 256 - (256 % LETTERS.length)
  let text = ''
  while (text.length < count) {
    for (const byte of randomBytes(count)) if (byte < fair && text.length < count) text += LETTERS[byte % LETTERS.length]
  }
  return text
}
