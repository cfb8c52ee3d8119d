import { type Answer, type Call, callerOf, type TestApp } from '../../../testing/index.ts'

/** Lets a test server believe X-Forwarded-For, so that one test can call from many addresses. */
export const behindProxy = { TOLLKEEPER_TRUSTED_PROXIES: '127.0.0.1' }

let addresses = 0

/** Calls from an address nobody called from before, so that no brake of another test is felt. */
export function visitor(
  app: Pick<TestApp, 'url'>,
  address = `10.${(++addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`,
): Call {
  return callerOf(app.url, { 'x-forwarded-for': address })
}

/** The body of a refusal without what differs each time. */
export function refusal({ status, body }: Answer): unknown {
  const { requestId, ...rest } = body as Record<string, unknown>
  return { status, ...rest, hasRequestId: typeof requestId === 'string' }
}

export interface Mail {
  id: string
  to: string
  subject: string
  text: string
  html: string
  at: string
}

/** The mails to an address, newest first, as the development mailbox shows them. */
export async function mailsTo(app: Pick<TestApp, 'call'>, address: string): Promise<Mail[]> {
  const { body } = await app.call('GET', '//dev/mailbox.json')
  return (body as Mail[]).filter(({ to }) => to === address)
}

export function tokenIn({ text }: Mail): string {
  return decodeURIComponent(/[?]token=([^\s"&]+)/.exec(text)![1]!)
}

/**
 * Whether two flows take the same time, as far as a machine that does other work can tell. A password that is hashed in one of them
 * alone is nearly all of its time, and is far outside of what is let pass.
 */
export function takeTheSameTime(first: readonly number[], second: readonly number[]): boolean {
  const [one, other] = [quick(first), quick(second)]
  return Math.abs(one - other) < Math.max(15, 0.6 * Math.max(one, other))
}

/** The lower quartile: what the work takes, with least of what a busy machine adds. */
function quick(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 4)]!
}

/** Every address a mail shows or leads to. The document type names one that nobody is led to. */
export function linksIn({ text, html }: { text: string; html: string }): string[] {
  const shown = `${text} ${html.replace(/<!DOCTYPE[^>]*>/i, '')}`
  return [...shown.matchAll(/https?:\/\/[^\s"<]+/g)].map(([link]) => link)
}
