import { expect, test } from 'vitest'
import { polyline } from './polyline.ts'

test('the largest value touches the top and zero the bottom', () => {
  expect(polyline([0, 5, 10], 100, 20)).toBe('0,20 50,10 100,0')
})

test('one value is a level line, nothing but zeros lies on the bottom', () => {
  expect(polyline([7], 100, 20)).toBe('0,0 100,0')
  expect(polyline([0, 0], 100, 20)).toBe('0,20 100,20')
  expect(polyline([], 100, 20)).toBe('')
})
