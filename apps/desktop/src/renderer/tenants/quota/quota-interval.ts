/** What operators give and take changes by their hand; what is used of it may be a few seconds old. */
export const quotaInterval = 5_000
