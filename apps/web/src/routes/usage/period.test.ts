import { expect, test } from 'vitest'
import { bucketName, periods, rangeOf, readShown, stepsOf } from './period.ts'

test('an address that makes no sense shows the last 30 days, undivided', () => {
  const usual = { feature: undefined, days: 30, step: 'day', by: 'feature', property: undefined }
  expect(readShown({})).toEqual(usual)
  expect(readShown({ days: '31', step: 'hour', by: 'colour', property: 'x' })).toEqual(usual)
})

test('no period is cut into more steps than the server tells, or than can be seen', () => {
  const hours = { hour: 24, day: 1, month: 1 / 28 }
  for (const days of periods) for (const step of stepsOf(days)) expect(days * hours[step]).toBeLessThanOrEqual(400)
})

test('a period ends on the day it is where the reader is', () => {
  const now = Date.parse('2026-11-25T23:30:00Z')
  expect(rangeOf(7, 'UTC', now)).toEqual({ from: '2026-11-19', to: '2026-11-25' })
  expect(rangeOf(2, 'Asia/Tokyo', now)).toEqual({ from: '2026-11-25', to: '2026-11-26' })
})

test('a bucket is named by its own clocks, whatever those of the machine', () => {
  expect(bucketName('2026-10-25T02:00:00+01:00', 'hour', 'en')).toBe('Oct 25, 02:00')
  expect(bucketName('2026-03-29T00:00:00+01:00', 'day', 'en')).toBe('Mar 29, 2026')
  expect(bucketName('2026-03-01T00:00:00-05:00', 'month', 'en')).toBe('March 2026')
})
