/** The most a balance can hold: beyond it not every reader of JSON would see the same number. */
export const MOST_UNITS = Number.MAX_SAFE_INTEGER

/** Overage comes after everything else, whatever its priority says; the number keeps that true of the rows as well. */
export const LAST = 2_147_483_647
