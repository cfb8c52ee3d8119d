import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { safeNext } from './safe-next.ts'

test('a path of this site is kept, with its query', () => {
  expect(safeNext('/keys')).toBe('/keys')
  expect(safeNext('/device?user_code=ABCD-EFGH')).toBe('/device?user_code=ABCD-EFGH')
})

test('nothing leads to another site after signing in', () => {
  const elsewhere = [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    'keys',
    '',
  ]
  for (const next of [...elsewhere, '/\n/evil.example', undefined]) {
    expect(new URL(safeNext(next), 'http://here.example').host).toBe('here.example')
    expect(safeNext(next)).toBe('/')
  }
})

test('signing in never leads back to signing in', () => {
  expect(safeNext('/sign-in?next=/keys')).toBe('/')
})

test('no address of the corpus of open redirects leads to another site, wherever this one stands', () => {
  const file = resolve(import.meta.dirname, '../../../../packages/shared/corpus/redirects.json')
  const corpus = JSON.parse(readFileSync(file, 'utf8')) as string[]
  expect(corpus.length).toBeGreaterThanOrEqual(300)
  for (const origin of ['http://localhost:4000', 'https://accounts.example.com']) {
    const { host } = new URL(origin)
    for (const address of corpus) {
      const next = address.replaceAll('{host}', host).replaceAll('{origin}', origin)
      const led = new URL(safeNext(next), origin)
      expect([next, led.origin, new URL(led.pathname, origin).origin]).toEqual([next, origin, origin])
    }
  }
})
