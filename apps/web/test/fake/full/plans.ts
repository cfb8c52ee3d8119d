import type { EntitlementView, PlanView } from '@tollkeeper/shared'
import type { FakeAnswers } from '../answers.ts'
import { ago, day, id, inFuture } from './made-up.ts'

export function entitlements(
  limits: [number | null, number | null, number | null, number | null, number | null],
): EntitlementView[] {
  const [characters, calls, storage, tasks, seats] = limits
  return [
    { feature: 'characters', name: 'Characters', kind: 'metered', unit: 'character', limit: characters, cadence: 'day' },
    { feature: 'api_calls', name: 'API calls', kind: 'metered', unit: 'call', limit: calls, cadence: 'day' },
    { feature: 'storage_mb', name: 'Storage', kind: 'gauge', unit: 'MB', limit: storage, cadence: 'never' },
    { feature: 'concurrent_tasks', name: 'Concurrent tasks', kind: 'gauge', unit: 'task', limit: tasks, cadence: 'never' },
    { feature: 'seats', name: 'Seats', kind: 'gauge', unit: 'seat', limit: seats, cadence: 'never' },
  ]
}

const cny = (amountMinor: number) => ({ amountMinor, currency: 'cny' })
const plans: PlanView[] = [
  {
    key: 'free',
    name: 'Free',
    description: 'To try it.',
    price: cny(0),
    rank: 0,
    selfService: false,
    entitlements: entitlements([1000, 100, 50, 1, 1]),
  },
  {
    key: 'starter',
    name: 'Starter',
    description: 'For one product on its way.',
    price: cny(2900),
    rank: 1,
    selfService: true,
    entitlements: entitlements([50_000, 5000, 1000, 5, 10]),
  },
  {
    key: 'pro',
    name: 'Pro',
    description: 'For a product people rely on.',
    price: cny(9900),
    rank: 2,
    selfService: true,
    entitlements: entitlements([500_000, 50_000, 20_000, 20, 50]),
  },
  {
    key: 'enterprise',
    name: 'Enterprise',
    description: 'By agreement, without limits.',
    price: null,
    rank: 3,
    selfService: false,
    entitlements: entitlements([null, null, null, null, null]),
  },
]

/** What can be bought, what was, and its invoices. */
export const catalogAndBilling: FakeAnswers = {
  'catalog.plans': () => ({ plans }),
  'billing.current': () => ({
    plan: 'starter',
    planName: 'Starter',
    status: 'active',
    price: cny(2900),
    currentPeriodStart: ago(12 * day),
    currentPeriodEnd: inFuture(18 * day),
    cancelAtPeriodEnd: false,
    id: id('sub', 1),
  }),
  'billing.invoices': () => ({
    invoices: (['open', 'paid', 'paid', 'void'] as const).map((status, index) => ({
      id: id('inv', index + 1),
      number: `TK-2026-000${4 - index}`,
      status,
      total: cny(2900),
      amountPaid: cny(status === 'paid' ? 2900 : 0),
      createdAt: ago((12 + index * 30) * day),
      hostedUrl: 'https://pay.example/i/1',
      pdfUrl: 'https://pay.example/i/1.pdf',
    })),
  }),
}
