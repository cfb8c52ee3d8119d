import { Skeleton } from '../data/skeleton.tsx'
import { type Column, cellClass } from './column.ts'

const widths = ['60%', '80%', '45%', '70%', '55%']

/** Rows of the real height while the data is on its way, so that nothing jumps when it comes. */
export function SkeletonRows<Row>({ columns, count }: { columns: readonly Column<Row>[]; count: number }) {
  return Array.from({ length: count }, (_, row) => row).map((row) => (
    <tr key={row} className="h-row">
      {columns.map((column, index) => (
        <td key={column.key} className={`${cellClass(column)} border-line border-b`}>
          <Skeleton width={widths[(row + index) % widths.length]} />
        </td>
      ))}
    </tr>
  ))
}
