/** How the pretend Stripe account is set up. */
export interface Settings {
  /** Days after each failed charge of a renewal until the next try; after the last one `whenExhausted` happens. */
  retryDays: number[]
  /** What becomes of a subscription whose renewal could not be charged at all. */
  whenExhausted: 'cancel' | 'unpaid' | 'past_due'
  /** How long events can be listed, in days of the sandbox clock. */
  eventRetentionDays: number
}

/** What a new Stripe account does, with the retry days of its classic schedule. */
export const defaultSettings: Settings = { retryDays: [3, 5, 7], whenExhausted: 'cancel', eventRetentionDays: 30 }
