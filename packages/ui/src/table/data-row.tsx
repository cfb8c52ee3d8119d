import type { MouseEvent } from 'react'
import { classNames } from '../class-names.ts'
import { type Column, cellClass } from './column.ts'

export interface DataRowProps<Row> {
  row: Row
  columns: readonly Column<Row>[]
  selected: boolean
  onOpen: ((row: Row) => void) | undefined
  /** What the row's opener is called. */
  openLabel: string
}

function isOwnControl(event: MouseEvent<HTMLElement>): boolean {
  return event.target instanceof Element && event.target.closest('a, button, input, label, [role="menuitem"]') !== null
}

/** A row. When it opens, a press anywhere on it does so, and a real button in its first cell serves the keyboard and screen readers. */
export function DataRow<Row>({ row, columns, selected, onOpen, openLabel }: DataRowProps<Row>) {
  return (
    <tr
      data-selected={selected || undefined}
      onClick={
        onOpen &&
        ((event) => {
          if (!isOwnControl(event) && !window.getSelection()?.toString()) onOpen(row)
        })
      }
      className={classNames(
        'h-row transition-colors data-[selected]:bg-accent-soft has-[[data-row-opener]:focus-visible]:outline-2 has-[[data-row-opener]:focus-visible]:outline-accent has-[[data-row-opener]:focus-visible]:-outline-offset-2',
        onOpen && 'cursor-pointer hover:bg-surface-sunken',
      )}
    >
      {columns.map((column, index) => (
        <td key={column.key} className={classNames(cellClass(column), 'border-line border-b py-[3px]')}>
          {index === 0 && onOpen && (
            <button type="button" data-row-opener="" className="sr-only" onClick={() => onOpen(row)}>
              {openLabel}
            </button>
          )}
          {column.cell(row)}
        </td>
      ))}
    </tr>
  )
}
