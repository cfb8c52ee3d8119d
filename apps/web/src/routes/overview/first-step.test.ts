import { expect, test } from 'vitest'
import { firstStep } from './use-first-steps.ts'

const unused = { status: 'active' as const, lastUsedAt: null }
const used = { status: 'active' as const, lastUsedAt: '2026-11-23T12:00:00Z' }

test('the first steps end when a key was used, and a revoked key does not count as one', () => {
  expect(firstStep(undefined)).toBe('unknown')
  expect(firstStep([])).toBe('issue_key')
  expect(firstStep([{ ...unused, status: 'revoked' }])).toBe('issue_key')
  expect(firstStep([unused])).toBe('use_key')
  expect(firstStep([unused, used])).toBe('done')
  expect(firstStep([{ ...used, status: 'revoked' }])).toBe('done')
})
