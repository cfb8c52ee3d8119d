import type { Locale } from '@tollkeeper/shared'

/** What a mail says, before it is laid out as text and as HTML. */
export interface Letter {
  subject: string
  paragraphs: readonly string[]
  /** The one thing to do. Its path is under the server's public address: a mail of ours links nowhere else. */
  action?: { label: string; path: `/${string}` }
  /** What comes after the action, in smaller letters. */
  notes?: readonly string[]
}

/** One mail in every language. */
export type Template<Data> = Record<Locale, (data: Data) => Letter>

/** A path with the token that opens it. */
export function pathWithToken(path: `/${string}`, token: string): `/${string}` {
  return `${path}?token=${encodeURIComponent(token)}`
}
