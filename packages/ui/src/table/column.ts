import type { ReactNode } from 'react'

/** One column of a table of `Row`. */
export interface Column<Row> {
  /** Names the column towards `onSort`. */
  key: string
  header: string
  cell: (row: Row) => ReactNode
  /** Numbers and money: right-aligned with tabular digits. */
  numeric?: boolean
  /** The header becomes a button that calls `onSort`. */
  sortable?: boolean
  /** Any CSS width; absent: as the content needs. */
  width?: string
  /** Left out where the screen is narrow. */
  wideOnly?: boolean
  /** A total or the like at the foot, over everything the filters match. */
  footer?: ReactNode
}

export interface Sort {
  column: string
  direction: 'ascending' | 'descending'
}

/** The sort after a press on a header: ascending first, then the other way round. */
export function nextSort(current: Sort | undefined, column: string): Sort {
  const reversed = current?.column === column && current.direction === 'ascending'
  return { column, direction: reversed ? 'descending' : 'ascending' }
}

export function cellClass<Row>(column: Column<Row>): string {
  return [
    'px-pad first:pl-4 last:pr-4',
    column.numeric ? 'text-right tabular-nums' : 'text-left',
    column.wideOnly ? 'max-sm:hidden' : '',
  ].join(' ')
}
