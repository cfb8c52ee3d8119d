import { z } from 'zod'
import { FeatureKey } from './catalog.ts'
import { idOf } from './id.ts'
import { OperatorReason } from './operator.ts'
import { Instant } from './time.ts'

export const BooksDifference = z.strictObject({
  tenantId: z.string(),
  feature: FeatureKey,
  windowStart: Instant,
  origin: z.string().describe('Of the balance; empty where all balances of the feature are meant.'),
  field: z.enum(['balance', 'granted', 'consumed', 'reserved', 'held', 'hours']),
  expected: z.int().nullable().describe('What the ledger adds up to; null: no limit.'),
  found: z.int().nullable().describe('What is there; null: no limit, or no balance at all.'),
  foundAt: Instant,
  seenAt: Instant,
})

/** What the continuous check of the books knows. */
export const BooksState = z
  .strictObject({
    balanced: z.boolean(),
    roundEndedAt: Instant.nullable().describe('When every balance had last been checked; null: not yet.'),
    roundBalances: z.int().describe('How many balances that were.'),
    checkedTotal: z.int(),
    differences: z.int(),
    rows: z.array(BooksDifference).describe('The oldest first, a hundred at most.'),
  })
  .meta({ id: 'BooksState' })
export type BooksState = z.infer<typeof BooksState>

export const RebuildBooksInput = z.strictObject({
  id: idOf('tenant'),
  reason: OperatorReason,
})
export type RebuildBooksInput = z.infer<typeof RebuildBooksInput>
export const RebuiltBooks = z.strictObject({ changed: z.int().describe('Balances that were not what the ledger adds up to.') })
