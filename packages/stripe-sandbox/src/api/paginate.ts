import { type List, listOf } from '../objects/shape.ts'
import { noSuch } from './api-error.ts'

export interface Paging {
  limit?: number
  starting_after?: string
  ending_before?: string
}

/** One page of rows given oldest first, answered newest first as Stripe does. */
export function paginate<Row extends { id: string }>(rows: Row[], url: string, paging: Paging): List<Row> {
  const newest = [...rows].reverse()
  const limit = paging.limit ?? 10
  if (paging.ending_before !== undefined) {
    const end = position(newest, paging.ending_before, 'ending_before')
    const start = Math.max(0, end - limit)
    return listOf(newest.slice(start, end), url, start > 0)
  }
  const start = paging.starting_after === undefined ? 0 : position(newest, paging.starting_after, 'starting_after') + 1
  return listOf(newest.slice(start, start + limit), url, newest.length > start + limit)
}

function position(rows: { id: string }[], id: string, param: string): number {
  const index = rows.findIndex((row) => row.id === id)
  if (index < 0) throw noSuch('object', id, param)
  return index
}
