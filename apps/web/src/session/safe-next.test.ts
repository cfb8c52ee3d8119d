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
