const DAY_MS = 86_400_000

/** A key is shown to those who verify for this long before it signs, as they may hold what they read last. */
export const SHOWN_AHEAD_MS = DAY_MS
/** The age at which the next one is made. */
export const NEXT_AFTER_MS = 29 * DAY_MS
/** What is signed lives no longer: a lease a day, an access token 15 minutes. */
export const LONGEST_TOKEN_MS = DAY_MS
/** From when it is made. */
export const VERIFIES_FOR_MS = 32 * DAY_MS
/** How long a key that was replaced at once still verifies. The minutes are for nodes whose clock runs behind. */
export const VERIFIES_AFTER_MS = LONGEST_TOKEN_MS + 300_000

/** Whether what is signed with a key now is accepted until it expires. */
export function outlivesTokens(expiresAt: Date | number, now: Date | number): boolean {
  return Number(expiresAt) - Number(now) >= LONGEST_TOKEN_MS
}
