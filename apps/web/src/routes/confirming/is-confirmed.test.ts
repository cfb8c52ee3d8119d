import type { CurrentSubscription } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import { isConfirmed } from './is-confirmed.ts'

const on = (plan: string, status: CurrentSubscription['status']): CurrentSubscription => ({
  plan,
  planName: plan,
  status,
  price: null,
  currentPeriodStart: null,
  currentPeriodEnd: null,
  cancelAtPeriodEnd: false,
  id: null,
})

test('only the bought plan, in force, counts as confirmed', () => {
  expect(isConfirmed(on('starter', 'active'), 'starter')).toBe(true)
  expect(isConfirmed(on('starter', 'trialing'), 'starter')).toBe(true)
  expect(isConfirmed(on('free', 'none'), 'starter')).toBe(false)
  expect(isConfirmed(on('starter', 'incomplete'), 'starter')).toBe(false)
  expect(isConfirmed(on('starter', 'active'), 'pro')).toBe(false)
})

test('in another tab, a running subscription counts, and none does not', () => {
  expect(isConfirmed(on('starter', 'active'), null)).toBe(true)
  expect(isConfirmed(on('free', 'none'), null)).toBe(false)
})
