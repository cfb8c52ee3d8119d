import { SubscriptionStatus } from '@tollkeeper/shared'
import { describe, expect, test } from 'vitest'
import { accessOfStatus, givesPlan, isLive } from './access-of-status.ts'

const now = new Date('2026-03-20T12:00:00Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)

describe('what a status gives', () => {
  test.each([
    ['trialing', null, true],
    ['active', null, true],
    ['active', daysAgo(30), true],
    ['past_due', daysAgo(0), true],
    ['past_due', daysAgo(6.99), true],
    ['past_due', daysAgo(7), true],
    ['past_due', daysAgo(7.01), false],
    ['past_due', null, false],
    ['unpaid', daysAgo(1), false],
    ['paused', null, false],
    ['canceled', null, false],
    ['incomplete', null, false],
    ['incomplete_expired', null, false],
    ['a status of tomorrow', null, false],
    ['constructor', null, false],
  ])('%s since %s: its plan is in force: %s', (status, pastDueAt, expected) => {
    expect(givesPlan({ status, pastDueAt }, now)).toBe(expected)
  })

  test('every status there is has a row', () => {
    expect(Object.keys(accessOfStatus).sort()).toEqual([...SubscriptionStatus.options].sort())
  })

  test('whatever gives a plan is live, so that no plan is given by what has ended', () => {
    for (const status of SubscriptionStatus.options) if (accessOfStatus[status] !== 'default') expect(isLive(status)).toBe(true)
  })
})
