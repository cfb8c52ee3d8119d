import { text } from './text.ts'

/** The expiries to choose from: never, or a number of days. */
export const expiries = ['never', '7', '30', '90', '365'] as const
export type Expiry = (typeof expiries)[number]

export const expiryOptions = expiries.map((value) => ({ value, label: text.expiry[value] }))

const dayMs = 24 * 60 * 60 * 1000

/** When a key with this expiry ends, as an instant in UTC; undefined when it does not. */
export function expiresAt(expiry: Expiry, now: Date): string | undefined {
  return expiry === 'never' ? undefined : new Date(now.getTime() + Number(expiry) * dayMs).toISOString()
}

/** Reads a chosen value; what is not offered counts as the most careful offer. */
export function readExpiry(value: unknown): Expiry {
  return expiries.find((expiry) => expiry === value) ?? '90'
}
