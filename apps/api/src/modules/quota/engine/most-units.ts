/** The most a balance can hold: beyond it not every reader of JSON would see the same number. */
export const MOST_UNITS = Number.MAX_SAFE_INTEGER
