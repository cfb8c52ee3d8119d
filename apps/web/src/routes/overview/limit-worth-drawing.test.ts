import { expect, test } from 'vitest'
import { limitWorthDrawing } from './limit-worth-drawing.ts'

test('the limit is drawn only where it does not press the bars flat', () => {
  expect(limitWorthDrawing(1000, [{ amount: 10 }, { amount: 250 }])).toBe(1000)
  expect(limitWorthDrawing(50_000, [{ amount: 999 }])).toBeUndefined()
  expect(limitWorthDrawing(null, [{ amount: 999 }])).toBeUndefined()
  expect(limitWorthDrawing(1000, [])).toBeUndefined()
})
