import { randomFillSync } from 'node:crypto'
import { type IdKind, idPrefixes } from '@tollkeeper/shared'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const pool = Buffer.alloc(4096)
let used = pool.length

/**
 * A new id: its kind's prefix and a ULID in lower case, 48 bits of time and 80 of chance
 * (https://github.com/ulid/spec), so rows made together lie together in an index.
 */
export function newId(kind: IdKind, at = Date.now()): string {
  let time = at
  let head = ''
  for (let place = 0; place < 10; place++) {
    head = ALPHABET[time % 32] + head
    time = Math.floor(time / 32)
  }
  return `${idPrefixes[kind]}_${head}${randomCharacters(16)}`
}

/** Characters of five random bits each, from a pool that is filled 4 KiB at a time. */
function randomCharacters(count: number): string {
  if (used + count > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  let text = ''
  for (let index = 0; index < count; index++) text += ALPHABET[pool[used++]! & 31]
  return text
}
