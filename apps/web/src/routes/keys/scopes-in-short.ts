import type { KeyScope } from '@tollkeeper/shared'
import { text } from './text.ts'

const all = Object.keys(text.scopes).length

/** What a key may do, in a few words: all of it, or the list. */
export function scopesInShort(scopes: readonly KeyScope[]): string {
  return scopes.length === all ? text.everything : scopes.map((scope) => text.scopes[scope].short).join(', ')
}
