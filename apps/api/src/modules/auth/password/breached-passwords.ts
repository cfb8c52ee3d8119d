import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

let list: Set<string> | null = null

/** Characters that are no letters, at an end of a password that is on the list otherwise: what everybody adds to make it long enough. */
const MOST_ADDED = 4
const SHORTEST_LISTED = 8

/**
 * Whether a password stands on the list of those that were found in breaches, or is one of them with up to four digits or signs put
 * before or after it. The list stands beside this file; breached-passwords.md tells its origin, licence and extent. It is read at the
 * first question and kept after that; nothing is asked of anybody.
 */
export function isBreached(password: string): boolean {
  list ??= new Set(
    gunzipSync(readFileSync(join(import.meta.dirname, 'breached-passwords.txt.gz')))
      .toString('utf8')
      .split('\n'),
  )
  for (const core of coresOf([...password.normalize('NFKC').toLowerCase()])) if (list.has(core)) return true
  return false
}

function* coresOf(characters: readonly string[]): Generator<string> {
  for (let before = 0; before <= MOST_ADDED; before++) {
    if (before > 0 && !isAdded(characters[before - 1])) return
    for (let after = 0; before + after <= MOST_ADDED; after++) {
      if (after > 0 && !isAdded(characters[characters.length - after])) break
      const core = characters.slice(before, characters.length - after)
      if (core.length >= SHORTEST_LISTED) yield core.join('')
    }
  }
}

function isAdded(character: string | undefined): boolean {
  return character !== undefined && !/\p{L}/u.test(character)
}
