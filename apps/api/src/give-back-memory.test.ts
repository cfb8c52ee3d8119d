import { expect, test } from 'vitest'
import { giveBackMemory } from './give-back-memory.ts'

const MIB = 1_048_576

test('what a start left behind is given back, and no switch to do so stays on', () => {
  let leftBehind: number[][] | null = Array.from({ length: 64 }, () => new Array<number>(131_072).fill(0.5))
  const before = process.memoryUsage().heapUsed
  expect(leftBehind).toHaveLength(64)
  leftBehind = null
  giveBackMemory()
  expect(before - process.memoryUsage().heapUsed).toBeGreaterThan(40 * MIB)
  expect(globalThis).not.toHaveProperty('gc')
})
