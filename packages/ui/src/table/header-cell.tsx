import { ArrowDown, ArrowUp } from 'lucide-react'
import { classNames } from '../class-names.ts'
import { type Column, cellClass, nextSort, type Sort } from './column.ts'

export interface HeaderCellProps<Row> {
  column: Column<Row>
  sort: Sort | undefined
  onSort: ((sort: Sort) => void) | undefined
}

/** A column's name; where it can be sorted by, a button that says in which direction. */
export function HeaderCell<Row>({ column, sort, onSort }: HeaderCellProps<Row>) {
  const sorted = sort?.column === column.key ? sort.direction : undefined
  const Arrow = sorted === 'descending' ? ArrowDown : ArrowUp
  return (
    <th
      scope="col"
      aria-sort={sorted}
      style={{ width: column.width }}
      className={classNames(
        cellClass(column),
        'h-9 whitespace-nowrap first:rounded-tl-[7px] last:rounded-tr-[7px] border-line border-b bg-surface-sunken text-ink-muted text-xs',
      )}
    >
      {column.sortable && onSort ? (
        <button
          type="button"
          onClick={() => onSort(nextSort(sort, column.key))}
          className={classNames(
            'group/sort inline-flex min-h-6 items-center gap-1 rounded-sm hover:text-ink',
            column.numeric && 'flex-row-reverse',
            sorted && 'text-ink',
          )}
        >
          {column.header}
          <Arrow
            aria-hidden="true"
            className={classNames('size-3', !sorted && 'opacity-0 group-hover/sort:opacity-60 group-focus-visible/sort:opacity-60')}
          />
        </button>
      ) : (
        column.header
      )}
    </th>
  )
}
