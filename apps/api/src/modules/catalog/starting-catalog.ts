import type { Cadence, FailurePolicy, FeatureKind } from '@tollkeeper/shared'

interface StartingFeature {
  key: string
  name: string
  kind: FeatureKind
  unit: string
  failurePolicy?: FailurePolicy
}

interface StartingPlan {
  key: string
  name: string
  description: string
  rank: number
  isDefault: boolean
  selfService: boolean
  /** Per month in fen; null: by agreement. */
  priceMinor: number | null
  /** By feature key, in the feature's unit; null: unlimited. */
  limits: Record<string, number | null>
}

export const startingCurrency = 'cny'

export const startingFeatures: readonly StartingFeature[] = [
  { key: 'characters', name: 'Characters', kind: 'metered', unit: 'character' },
  {
    key: 'api_calls',
    name: 'API calls',
    kind: 'metered',
    unit: 'call',
    // nobody pays for a single call, so an app need not stand still for want of counting a few
    failurePolicy: { kind: 'open', cap: 500, perSeconds: 3_600 },
  },
  { key: 'storage_mb', name: 'Storage', kind: 'gauge', unit: 'MB' },
  { key: 'concurrent_tasks', name: 'Concurrent tasks', kind: 'gauge', unit: 'task' },
  { key: 'seats', name: 'Seats', kind: 'gauge', unit: 'seat' },
]

/** How often each feature's limit starts again; the same in every plan, so that a change of plan never moves a window. */
export const startingCadences: Record<string, Cadence> = {
  characters: 'day',
  api_calls: 'month',
  storage_mb: 'never',
  concurrent_tasks: 'never',
  seats: 'never',
}

/** The plans of the translation product Tollkeeper was first drawn for. An installation changes them to its own. */
export const startingPlans: readonly StartingPlan[] = [
  {
    key: 'free',
    name: 'Free',
    description: 'To try it, and for small things',
    rank: 1,
    isDefault: true,
    selfService: false,
    priceMinor: 0,
    limits: { characters: 1_000, api_calls: 10_000, storage_mb: 100, concurrent_tasks: 1, seats: 1 },
  },
  {
    key: 'starter',
    name: 'Starter',
    description: 'For a small team',
    rank: 2,
    isDefault: false,
    selfService: true,
    priceMinor: 2_900,
    limits: { characters: 50_000, api_calls: 200_000, storage_mb: 10_240, concurrent_tasks: 5, seats: 10 },
  },
  {
    key: 'pro',
    name: 'Pro',
    description: 'For work that depends on it',
    rank: 3,
    isDefault: false,
    selfService: true,
    priceMinor: 9_900,
    limits: { characters: 500_000, api_calls: 2_000_000, storage_mb: 102_400, concurrent_tasks: 20, seats: 50 },
  },
  {
    key: 'enterprise',
    name: 'Enterprise',
    description: 'Without limits, by agreement',
    rank: 4,
    isDefault: false,
    selfService: false,
    priceMinor: null,
    limits: { characters: null, api_calls: null, storage_mb: null, concurrent_tasks: null, seats: null },
  },
]
