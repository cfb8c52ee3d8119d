import { randomFillSync } from 'node:crypto'
import { type IdKind, idPrefixes } from '@tollkeeper/shared'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
/** Every pair of characters, so that ten random bits are one look-up. */
const pairs = Array.from({ length: 1024 }, (_, bits) => ALPHABET[bits >> 5]! + ALPHABET[bits & 31]!)
const pool = new Uint16Array(2048)
let used = pool.length
let lastTime = Number.NaN
let lastHead = ''

/**
 * A new id: its kind's prefix and a ULID in lower case, 48 bits of time and 80 of chance
 * (https://github.com/ulid/spec), so rows made together lie together in an index.
 */
export function newId(kind: IdKind, at = Date.now()): string {
  if (at !== lastTime) {
    lastHead = headOf(at)
    lastTime = at
  }
  return `${idPrefixes[kind]}_${lastHead}${sixteenRandomCharacters()}`
}

function headOf(at: number): string {
  let time = at
  let head = ''
  for (let place = 0; place < 10; place++) {
    head = ALPHABET[time % 32] + head
    time = Math.floor(time / 32)
  }
  return head
}

/** Characters of five random bits each, from a pool that is filled 4 KiB at a time. */
function sixteenRandomCharacters(): string {
  if (used + 8 > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  let text = ''
  for (let pair = 0; pair < 8; pair++) text += pairs[pool[used++]! & 1023]!
  return text
}
