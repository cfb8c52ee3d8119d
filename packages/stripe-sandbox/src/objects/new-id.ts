import { randomBytes } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** An unguessable id in Stripe's style: `prefix_` and `length` characters of base 62. */
export function newId(prefix: string, length = 24): string {
  let body = ''
  while (body.length < length) {
    for (const byte of randomBytes(length)) {
      // 248 is the largest multiple of 62 in a byte; bytes above it would make some characters likelier.
      if (byte < 248 && body.length < length) body += alphabet[byte % 62]
    }
  }
  return `${prefix}_${body}`
}
