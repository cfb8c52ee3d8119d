import { defineEntity, p } from '@mikro-orm/core'
import { id, instant, quantity, text } from './columns.ts'
import { tenantWall } from './tenant-wall.ts'

/** How far the check of the books came: one row, whatever the number of nodes. It goes round for ever, tenant by tenant, feature by feature. */
const BooksCheckSchema = defineEntity({
  name: 'BooksCheck',
  tableName: 'books_check',
  properties: {
    name: text().primary(),
    /** What was checked last in this round; empty: nothing yet. */
    tenantId: text().fieldName('at_tenant').default(''),
    featureKey: text().fieldName('at_feature').default(''),
    roundStartedAt: instant().nullable(),
    /** When the last whole round ended, and how many balances were in it. */
    roundEndedAt: instant().nullable(),
    roundBalances: quantity().defaultRaw('0'),
    /** Balances checked in this round so far, and in all rounds. */
    balances: quantity().defaultRaw('0'),
    checkedTotal: quantity().defaultRaw('0'),
  },
})
export class BooksCheck extends BooksCheckSchema.class {}
BooksCheckSchema.setClass(BooksCheck)

/** Where a balance is not what the ledger adds up to. A row stays until a later check finds them equal. */
const BooksDifferenceSchema = defineEntity({
  name: 'BooksDifference',
  tableName: 'books_difference',
  ...tenantWall(),
  properties: {
    tenantId: id().primary(),
    featureKey: text().primary(),
    windowStart: instant().primary(),
    /** The balance's; empty where the sums of all its feature's balances are meant. */
    origin: text().primary(),
    /** `granted`, `consumed`, `reserved`, `held`, `hours`, `balance`. */
    field: text().primary(),
    /** What the ledger adds up to; null: without limit, or nothing. */
    expected: p.bigint('number').nullable(),
    /** What is there. */
    found: p.bigint('number').nullable(),
    foundAt: instant(),
    seenAt: instant(),
  },
})
export class BooksDifference extends BooksDifferenceSchema.class {}
BooksDifferenceSchema.setClass(BooksDifference)

export const booksEntities = [BooksCheck, BooksDifference]
