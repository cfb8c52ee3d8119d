import fc from 'fast-check'
import { type Act, askers, cadences, capped, type Meter, type ModelCadence, meters, type Rate, type Terms } from './world.ts'

const NEVER_REACHED = Number.POSITIVE_INFINITY
const amount = fc.integer({ min: 1, max: 40 })
const which = fc.nat(9)
const by = fc.constantFrom(...askers)
const resource = fc.constantFrom('a', 'b', 'c', 'd')
const eventId = fc.constantFrom('e1', 'e2', 'e3')
const holder = fc.constantFrom('h1', 'h2', 'h3')
const lasts = fc.constantFrom(null, 60, 100_000)
const limit = fc.oneof(
  { arbitrary: fc.integer({ min: 1, max: 120 }), weight: 15 },
  { arbitrary: fc.constant(NEVER_REACHED), weight: 1 },
)
const rate: fc.Arbitrary<Rate> = fc.record({ name: fc.constantFrom('minute', 'day'), units: fc.integer({ min: 20, max: 90 }) })

export const terms: fc.Arbitrary<Terms> = fc.record({
  limit,
  overage: fc.constantFrom(0, 0, 25, NEVER_REACHED),
  price: fc.constantFrom(0, 1, 7),
  rollover: fc.constantFrom(0, 0, 10, 1_000),
  rates: fc.oneof(
    { arbitrary: fc.constant<Rate[]>([]), weight: 3 },
    { arbitrary: fc.uniqueArray(rate, { minLength: 1, maxLength: 2, selector: ({ name }) => name }), weight: 1 },
  ),
})

const acts: {
  [Kind in Act['kind']]: { weight: number; arbitrary: fc.Arbitrary<Omit<Extract<Act, { kind: Kind }>, 'kind' | 'node'>> }
} = {
  authorize: {
    weight: 10,
    arbitrary: fc.record({ by, amount, resource, requestId: fc.option(fc.constantFrom('r1', 'r2', 'r3'), { freq: 2 }) }),
  },
  burst: {
    weight: 20,
    arbitrary: fc.record({ by, amount: fc.integer({ min: 1, max: 6 }), times: fc.integer({ min: 2, max: 5 }) }),
  },
  reserve: { weight: 6, arbitrary: fc.record({ by, amount, seconds: fc.constantFrom(1, 60, 86_400) }) },
  commit: { weight: 4, arbitrary: fc.record({ which, amount }) },
  release: { weight: 2, arbitrary: fc.record({ which }) },
  track: { weight: 4, arbitrary: fc.record({ by, amount, resource, eventId, ago: fc.constantFrom(null, null, 60, 90_000) }) },
  correct: { weight: 2, arbitrary: fc.record({ eventId, amount: fc.nat(40) }) },
  acquire: { weight: 12, arbitrary: fc.record({ by, holder, amount, seconds: fc.constantFrom(null, 60, 86_400) }) },
  'let go': { weight: 6, arbitrary: fc.record({ holder }) },
  plan: { weight: 2, arbitrary: fc.record({ terms }) },
  override: { weight: 1, arbitrary: fc.record({ limit, lasts }) },
  'end override': { weight: 1, arbitrary: fc.constant({}) },
  spend: { weight: 1, arbitrary: fc.record({ most: fc.constantFrom(null, 0, 10, 100) }) },
  cap: { weight: 4, arbitrary: fc.record({ holder: fc.constantFrom(...capped), limit: fc.option(fc.nat(60), { freq: 4 }) }) },
  grant: {
    weight: 4,
    arbitrary: fc.record({ units: amount, priority: fc.constantFrom(-1, 0, 1), after: fc.constantFrom(0, 0, 60), lasts }),
  },
  void: { weight: 2, arbitrary: fc.record({ which }) },
}

const ofGauges = ['acquire', 'let go'] as const
/** Of what is counted as the largest, the last or a different one nobody is promised a part. */
const ofAmounts = ['reserve', 'commit', 'release', 'correct'] as const
const idle: Record<Meter, readonly Act['kind'][]> = {
  sum: [...ofGauges, 'burst'],
  count: [...ofGauges, 'burst'],
  credits: [...ofGauges, 'burst'],
  unique: [...ofGauges, ...ofAmounts, 'burst'],
  // nothing of a largest or a last value is given
  max: [...ofGauges, ...ofAmounts, 'burst', 'grant', 'void'],
  latest: [...ofGauges, ...ofAmounts, 'burst', 'grant', 'void'],
  gauge: [...ofAmounts, 'burst', 'authorize', 'track'],
  // nothing is taken ahead of what is capped
  leased: [...ofGauges, 'cap'],
}

/** Something that is done to a feature which is counted like this. */
function actOn(meter: Meter, nodes: number): fc.Arbitrary<Act> {
  const kinds = (Object.keys(acts) as Act['kind'][]).filter((kind) => !idle[meter].includes(kind))
  const node = fc.nat(nodes - 1)
  return fc.oneof(
    ...kinds.map((kind) => {
      const { weight, arbitrary } = acts[kind]
      return { weight, arbitrary: fc.tuple(node, arbitrary).map(([on, said]) => ({ kind, node: on, ...said }) as Act) }
    }),
  )
}

/** Acts that run at the same time, and seconds that go by after them. */
export interface Round {
  acts: Act[]
  seconds: number
}

export interface Story {
  meter: Meter
  cadence: ModelCadence
  start: Terms
  rounds: Round[]
}

/** Units are taken ahead of an allowance that stands alone. */
const plainTerms = terms.map((one) => ({ ...one, limit: one.limit * 5, overage: 0, rollover: 0, rates: [] }))

/** What happens to one tenant, from its first terms on. */
export function story(nodes: number): fc.Arbitrary<Story> {
  return fc.constantFrom(...meters).chain((meter) =>
    fc.record({
      meter: fc.constant(meter),
      cadence: meter === 'gauge' ? fc.constant('never' as const) : fc.constantFrom(...cadences),
      start: meter === 'leased' ? plainTerms : terms,
      rounds: fc.array(
        fc.record({
          acts: fc.array(actOn(meter, nodes), { minLength: 1, maxLength: meter === 'leased' ? 3 : 5 }),
          seconds: fc.constantFrom(0, 0, 0, 0, 2, 90, 50_000, 50_000, 200_000, 2_700_000),
        }),
        { minLength: 1, maxLength: 8 },
      ),
    }),
  )
}
