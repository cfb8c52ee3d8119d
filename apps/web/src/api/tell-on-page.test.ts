import { errorTable } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import { tellOnPage } from './tell-on-page.ts'

/** What only a program can meet that reports usage, holds reservations or asks for decisions. */
const ofPrograms = /^(catalog|reservation|usage|lease|quota|gauge|input|route|idempotency)\./

test('nobody who reads a page is told which call of the API to make', () => {
  const shown = Object.entries(errorTable)
    .filter(([code]) => !ofPrograms.test(code))
    .map(([code, { title, next }]) => [code, tellOnPage(code, { title, next }).next])
  expect(shown.length).toBeGreaterThan(50)
  expect(shown.filter(([, next]) => /\b(GET|POST|PUT|DELETE) \/|`|access token|header/.test(next!))).toEqual([])
})

test('what has no words of its own here is told as the server tells it', () => {
  const told = { title: 'This tenant is suspended.', next: 'Ask the operator of this service.' }
  expect(tellOnPage('tenant.suspended', told)).toEqual(told)
})
