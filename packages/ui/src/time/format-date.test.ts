import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatAbsolute, formatDay, formatRelative, formatUtc, toDate } from './format-date.ts'

const now = '2026-11-23T12:00:00Z'

test('the distance reads as people say it', () => {
  expect(formatRelative('2026-11-23T11:59:30Z', now)).toBe('now')
  expect(formatRelative('2026-11-23T11:59:00Z', now)).toBe('1 minute ago')
  expect(formatRelative('2026-11-23T15:00:00Z', now)).toBe('in 3 hours')
  expect(formatRelative('2026-11-22T12:00:00Z', now)).toBe('yesterday')
  expect(formatRelative('2026-08-23T12:00:00Z', now)).toBe('3 months ago')
  expect(formatRelative('2027-11-23T12:00:00Z', now)).toBe('next year')
  expect(formatRelative('2026-11-23T15:00:00Z', now, 'zh-CN')).toBe('3小时后')
})

test('the absolute time names its zone, and UTC is the same instant', () => {
  expect(formatAbsolute('2026-12-01T00:00:00Z', 'en', 'Asia/Shanghai')).toBe('Dec 1, 2026, 08:00 GMT+8')
  expect(formatUtc('2026-12-01T00:00:00Z')).toBe('Dec 1, 2026, 00:00 UTC')
})

test('midnight is 00:00, never 24:00', () => {
  expect(formatUtc('2026-12-01T00:00:00Z')).not.toContain('24:')
})

test('a day is the day of the zone it is asked for', () => {
  expect(formatDay('2026-12-01T20:00:00Z', 'en', 'UTC')).toBe('Dec 1, 2026')
  expect(formatDay('2026-12-01T20:00:00Z', 'en', 'Asia/Shanghai')).toBe('Dec 2, 2026')
})

test('what is no date is named in the refusal', () => {
  expect(() => toDate('soon')).toThrow('"soon" is not a date')
})

test('the past never reads as the future', () => {
  const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2050-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(instant, instant, (one, other) => {
      const words = formatRelative(one, other)
      if (words.startsWith('in ') || words === 'tomorrow' || words.startsWith('next ')) expect(one > other).toBe(true)
      if (words.endsWith(' ago') || words === 'yesterday' || words.startsWith('last ')) expect(one < other).toBe(true)
    }),
  )
})
