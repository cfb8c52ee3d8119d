import type { Locale, NotificationChoices } from '@tollkeeper/shared'

/** What a mail says, before it is written out as text and as HTML: both are made of the same letter, so neither can lack. */
export interface Letter {
  subject: string
  paragraphs: readonly string[]
  /** To be typed where it is asked for. */
  code?: string
  /** Lines of a name and a value: a receipt's, a device's. */
  facts?: readonly Fact[]
  /** The one thing to do. Its path is under the server's public address: a mail of ours links nowhere else. */
  action?: { label: string; path: `/${string}` }
  /** What comes after the action, in smaller letters. */
  notes?: readonly string[]
}

export type Fact = readonly [name: string, value: string]

/** One mail in every language, and what it is for, which says who may turn it off. */
export type Template<Data> = { about: MailSubject } & Record<Locale, (data: Data) => Letter>

/**
 * `security`: about the way into an account, or asked for by whoever reads it, so it is sent in any case. The others are the
 * choices a person has, and are sent to those who have not turned them off.
 */
export type MailSubject = 'security' | keyof NotificationChoices

/** A path with the token that opens it. */
export function pathWithToken(path: `/${string}`, token: string): `/${string}` {
  return `${path}?token=${encodeURIComponent(token)}`
}
