import { z } from 'zod'

/** What every list takes: how many rows, and where the page before ended. */
export const PageInput = z.strictObject({
  limit: z.int().min(1).max(100).default(25),
  cursor: z.string().max(200).optional().describe('The `nextCursor` of the page before.'),
})

/** A page of rows; `nextCursor` is null on the last one. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.strictObject({ rows: z.array(row), nextCursor: z.string().nullable() })
}
