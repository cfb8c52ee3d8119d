import type { CurrentSubscription, PlanView } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import { planRelation, planWay, suggestedPlan } from './plan-relation.ts'

const plan = (key: string, rank: number, amountMinor: number | null): PlanView => ({
  key,
  name: key,
  description: '',
  rank,
  price: amountMinor === null ? null : { amountMinor, currency: 'cny' },
  selfService: amountMinor !== null && amountMinor > 0,
  entitlements: [],
})
const plans = [plan('free', 0, 0), plan('starter', 1, 2900), plan('pro', 2, 9900), plan('enterprise', 3, null)]
const on = (key: string, change: Partial<CurrentSubscription> = {}): CurrentSubscription => ({
  plan: key,
  planName: key,
  status: key === 'free' ? 'none' : 'active',
  price: null,
  currentPeriodStart: null,
  currentPeriodEnd: null,
  cancelAtPeriodEnd: false,
  id: null,
  ...change,
})
const relations = (current: CurrentSubscription) => plans.map((candidate) => planRelation(candidate, plans, current))

test('the button follows the plan in force', () => {
  expect(relations(on('free'))).toEqual(['current', 'upgrade', 'upgrade', 'contact'])
  expect(relations(on('pro'))).toEqual(['downgrade', 'downgrade', 'current', 'contact'])
  expect(relations(on('starter', { cancelAtPeriodEnd: true }))).toEqual(['downgrade', 'resume', 'upgrade', 'contact'])
})

test('a plan outside the list leaves every other one to be chosen', () => {
  expect(relations(on('legacy'))).toEqual(['choose', 'choose', 'choose', 'contact'])
})

test('what is for sale is bought; what is not is reached through the subscription', () => {
  const ways = (current: CurrentSubscription) =>
    plans.map((candidate) => planWay(candidate, planRelation(candidate, plans, current)))
  expect(ways(on('pro'))).toEqual(['portal', 'checkout', 'checkout', 'contact'])
  expect(planWay(plans[1]!, 'resume')).toBe('portal')
})

test('the next plan up is suggested, and none at the top', () => {
  expect(suggestedPlan(plans, on('free'))).toBe('starter')
  expect(suggestedPlan(plans, on('starter'))).toBe('pro')
  expect(suggestedPlan(plans, on('pro'))).toBeUndefined()
})
