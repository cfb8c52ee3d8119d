/** The API version whose shapes the sandbox speaks: the one the pinned Stripe SDK was written for. */
export const apiVersion = '2026-08-26.dahlia'
