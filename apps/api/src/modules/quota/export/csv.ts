import type { FileStream } from '@tollkeeper/shared'
import { stringify } from 'csv-stringify/sync'
import type { TenantContext } from '../../../kernel/context.ts'

export type Cell = string | number | boolean | null

/**
 * Makes a CSV file (RFC 4180, with a line of headings) of pages of rows, one page at a time: the next is read when whoever reads has
 * taken the one before. A text that a spreadsheet would take for a formula has an apostrophe put before it. The first page is read at
 * once, so that what fails then is answered as a failure; what fails later ends the file in the middle, and is logged.
 */
export async function csvFile(
  { services, requestId }: TenantContext,
  name: string,
  headings: readonly string[],
  pages: AsyncGenerator<Cell[][], void>,
): Promise<FileStream> {
  const first = await pages.next()
  async function* text() {
    try {
      yield linesOf([[...headings]])
      for (let page = first; !page.done; page = await pages.next()) yield linesOf(page.value)
    } catch (error) {
      services.logger.error({ err: error, requestId, file: name }, 'an export was cut off in the middle')
      throw error
    } finally {
      await pages.return()
    }
  }
  return { name, text: text() }
}

function linesOf(rows: Cell[][]): string {
  return stringify(
    rows.map((row) => row.map(neutral)),
    {
      record_delimiter: 'windows',
      escape_formulas: true,
      cast: { boolean: String },
    },
  )
}

/** A line break before a formula is dropped by some spreadsheets, which the library does not know of. */
function neutral(cell: Cell): Cell {
  return typeof cell === 'string' && /^[\n\v\f\u0085\u2028\u2029]/.test(cell) ? `'${cell}` : cell
}

/** A name for a file of a tenant, with the day it was made. */
export function fileName(what: string, { services }: Pick<TenantContext, 'services'>): string {
  return `${what}-${services.clock.now().toISOString().slice(0, 10)}.csv`
}
