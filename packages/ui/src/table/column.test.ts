import { expect, test } from 'vitest'
import { nextSort } from './column.ts'

test('a column is sorted upwards first, then the other way, then upwards again', () => {
  const first = nextSort(undefined, 'name')
  expect(first).toEqual({ column: 'name', direction: 'ascending' })
  const second = nextSort(first, 'name')
  expect(second).toEqual({ column: 'name', direction: 'descending' })
  expect(nextSort(second, 'name')).toEqual(first)
})

test('another column starts upwards', () => {
  expect(nextSort({ column: 'name', direction: 'ascending' }, 'at')).toEqual({ column: 'at', direction: 'ascending' })
})
