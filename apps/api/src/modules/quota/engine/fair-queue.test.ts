import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FairQueue } from './fair-queue.ts'

interface Item {
  tenantId: string
  place: number
  bytes: number
}

function queueOf(...tenantIds: string[]): FairQueue<Item> {
  const queue = new FairQueue<Item>()
  tenantIds.forEach((tenantId, place) => {
    queue.push({ tenantId, place, bytes: 10 })
  })
  return queue
}

test('a tenant with thousands waiting does not keep another from the next commit', () => {
  const queue = queueOf(...Array(5000).fill('hot'), 'quiet')
  const batch = queue.take(100)
  expect(batch).toHaveLength(100)
  expect(batch.map(({ tenantId }) => tenantId)).toContain('quiet')
})

test('whoever was not served in one round is first in the next', () => {
  const queue = queueOf('a', 'a', 'b', 'b', 'c', 'c')
  expect(queue.take(2).map(({ tenantId }) => tenantId)).toEqual(['a', 'b'])
  expect(queue.take(2).map(({ tenantId }) => tenantId)).toEqual(['c', 'a'])
})

test('no more bytes are taken at once than may be, but always something', () => {
  const queue = queueOf('a', 'a', 'b', 'c')
  expect(queue.take(100, 25).map(({ tenantId }) => tenantId)).toEqual(['a', 'b'])
  expect(queue.take(100, 5)).toHaveLength(1)
  expect(queue.take(100, 10)).toHaveLength(1)
  expect(queue.size).toBe(0)
})

test('everything comes out once, and in order within each tenant, however it is taken', () => {
  const arrivals = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(arrivals, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 200 }), (tenantIds, most, mostBytes) => {
      const queue = queueOf(...tenantIds)
      const taken: Item[] = []
      while (queue.size > 0) taken.push(...queue.take(most, mostBytes))
      expect(taken.map(({ place }) => place).sort((a, b) => a - b)).toEqual(tenantIds.map((_, place) => place))
      for (const tenantId of new Set(tenantIds)) {
        const places = taken.filter((item) => item.tenantId === tenantId).map(({ place }) => place)
        expect(places).toEqual([...places].sort((a, b) => a - b))
        expect(queue.waitingOf(tenantId)).toBe(0)
      }
    }),
  )
})
