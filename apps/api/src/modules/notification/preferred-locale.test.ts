import { expect, test } from 'vitest'
import { preferredLocale } from './preferred-locale.ts'

test.each([
  [null, 'en'],
  ['', 'en'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['zh-Hant-TW', 'zh'],
  ['en-US,en;q=0.9,zh;q=0.8', 'en'],
  ['de-CH,de;q=0.9,zh;q=0.5,en;q=0.3', 'zh'],
  ['en;q=0.2, ZH;q=0.7', 'zh'],
  ['zh;q=0, fr', 'en'],
  ['*', 'en'],
  [';;;q=,,=', 'en'],
  ['zh;q=nonsense', 'en'],
] as const)('a browser that sends %j is written to in %s', (header, locale) => {
  expect(preferredLocale(header)).toBe(locale)
})
