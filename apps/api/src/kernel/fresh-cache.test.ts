import { expect, test } from 'vitest'
import type { ChangeFeed, ChangeKind } from './change-feed.ts'
import { FreshCache } from './fresh-cache.ts'

/** A change feed that is told what to say. */
function feed() {
  const listeners: ((subject: string) => void)[] = []
  const state = { fresh: true }
  const changes = {
    on: (_kind: ChangeKind, listener: (subject: string) => void) => listeners.push(listener),
    isFresh: () => state.fresh,
  } as Partial<ChangeFeed> as ChangeFeed
  return { changes, state, announce: (subject: string) => listeners.forEach((listener) => void listener(subject)) }
}

test('a value is read once, until the feed names it', async () => {
  const { changes, announce } = feed()
  let reads = 0
  const cache = new FreshCache({ changes, capacity: 10, load: async (key) => `${key}${++reads}` }).forgetOn('tenant')
  expect([await cache.get('a'), await cache.get('a'), cache.peek('a')]).toEqual(['a1', 'a1', 'a1'])
  announce('b')
  expect(cache.peek('a')).toBe('a1')
  announce('a')
  expect(cache.peek('a')).toBeUndefined()
  expect(await cache.get('a')).toBe('a2')
})

test('a read that a change overtakes is answered, and not kept', async () => {
  const { changes, announce } = feed()
  const answers: ((value: string) => void)[] = []
  const cache = new FreshCache<string>({
    changes,
    capacity: 10,
    load: () => new Promise((resolve) => answers.push(resolve)),
  }).forgetOn('tenant')
  const before = cache.get('a')
  announce('a')
  const after = cache.get('a')
  answers[1]!('new')
  answers[0]!('old')
  expect(await Promise.all([before, after])).toEqual(['old', 'new'])
  expect(cache.peek('a')).toBe('new')
})

test('while the feed cannot be read, memory is not trusted and every question goes to the database', async () => {
  const { changes, state } = feed()
  let reads = 0
  const cache = new FreshCache({ changes, capacity: 10, load: async () => ++reads })
  await cache.get('a')
  state.fresh = false
  expect(cache.peek('a')).toBeUndefined()
  expect([await cache.get('a'), await cache.get('a')]).toEqual([2, 3])
})

test('a read that fails is not remembered', async () => {
  const { changes } = feed()
  let reads = 0
  const load = async () => {
    if (++reads === 1) throw new Error('away')
    return reads
  }
  const cache = new FreshCache({ changes, capacity: 10, load })
  await expect(cache.get('a')).rejects.toThrow('away')
  expect(await cache.get('a')).toBe(2)
})

test('it holds no more than its capacity, and lets go of what was stored longest ago', async () => {
  const { changes } = feed()
  const cache = new FreshCache({ changes, capacity: 2, load: async (key) => key })
  for (const key of ['a', 'b', 'c']) await cache.get(key)
  expect(['a', 'b', 'c'].map((key) => cache.peek(key))).toEqual([undefined, 'b', 'c'])
})
