import { p } from '@mikro-orm/core'

/** An instant in UTC, to the millisecond: what JavaScript's Date can hold without loss. */
export const instant = () => p.datetime().columnType('timestamptz(3)')

/** A whole number of a feature's smallest unit, or of a currency's. Below 2^53, which a CHECK of its table holds. */
export const quantity = () => p.bigint('number')

/** An id from `newId`: its kind's prefix and 26 time-ordered characters. */
export const id = () => p.string().columnType('text')

export const text = () => p.string().columnType('text')
