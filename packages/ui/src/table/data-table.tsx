import type { ReactNode } from 'react'
import { classNames } from '../class-names.ts'
import { type Column, cellClass, type Sort } from './column.ts'
import { DataRow } from './data-row.tsx'
import { HeaderCell } from './header-cell.tsx'
import { moveBetweenRows } from './move-between-rows.ts'
import { SkeletonRows } from './skeleton-rows.tsx'

export interface DataTableProps<Row> {
  /** What the table lists, read aloud: "API keys". */
  label: string
  columns: readonly Column<Row>[]
  /** Undefined while loading: skeleton rows stand in. */
  rows: readonly Row[] | undefined
  rowKey: (row: Row) => string
  sort?: Sort
  onSort?: (sort: Sort) => void
  /** Opens a row by press or by Enter; arrows or J and K move between rows. */
  onOpen?: (row: Row) => void
  /** The opener's words for a screen reader, such as "Open key ci". */
  openLabel?: (row: Row) => string
  /** The key of the row that is open beside the table. */
  selected?: string
  /** An EmptyState, when there are no rows. */
  empty: ReactNode
  skeletonRows?: number
  /** `self`: the table scrolls inside its container and fills it. `page`: the page scrolls and the header sticks to its top. */
  scroll?: 'page' | 'self'
}

/** Rows of one kind of thing, with a header that stays in sight. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const {
    label,
    columns,
    rows,
    rowKey,
    sort,
    onSort,
    onOpen,
    openLabel,
    selected,
    empty,
    skeletonRows = 5,
    scroll = 'page',
  } = props
  if (rows?.length === 0) return <div className="rounded-md border border-line bg-surface-raised">{empty}</div>
  const hasFooter = rows !== undefined && columns.some((column) => column.footer !== undefined)
  return (
    <section
      aria-label={label}
      aria-busy={rows === undefined}
      className={classNames(
        'rounded-md border border-line bg-surface-raised',
        scroll === 'self' ? 'max-h-full overflow-auto' : 'max-lg:overflow-x-auto',
      )}
    >
      <table className="w-full border-separate border-spacing-0 text-body" onKeyDown={moveBetweenRows}>
        <caption className="sr-only">{label}</caption>
        <thead className="sticky top-0 z-10">
          <tr>
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody className={hasFooter ? '' : '[&_tr:last-child_td]:border-b-0'}>
          {rows === undefined ? (
            <SkeletonRows columns={columns} count={skeletonRows} />
          ) : (
            rows.map((row) => (
              <DataRow
                key={rowKey(row)}
                row={row}
                columns={columns}
                selected={selected !== undefined && rowKey(row) === selected}
                onOpen={onOpen}
                openLabel={openLabel?.(row) ?? `Open ${rowKey(row)}`}
              />
            ))
          )}
        </tbody>
        {hasFooter && (
          <tfoot>
            <tr className="h-row font-medium">
              {columns.map((column) => (
                <td key={column.key} className={cellClass(column)}>
                  {column.footer}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  )
}
