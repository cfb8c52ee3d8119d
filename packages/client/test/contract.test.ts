import type * as contract from '@tollkeeper/shared'
import { expectTypeOf, test } from 'vitest'
import type { input } from 'zod'
import type * as client from '../src/index.ts'
import type { DeclaredFeature } from '../src/offline/failure-policy.ts'

type Flat<Type> = { [Field in keyof Type]: Type[Field] }

/** The client writes its types out, so that an app gets them without our packages. The compiler holds them to the contract. */
test('what is asked is what the server takes', () => {
  expectTypeOf<client.AuthorizeRequest>().toEqualTypeOf<input<typeof contract.AuthorizeInput>>()
  expectTypeOf<Flat<client.ReserveRequest>>().toEqualTypeOf<Flat<input<typeof contract.ReserveInput>>>()
  expectTypeOf<client.Question>().toEqualTypeOf<input<typeof contract.CheckInput>>()
  expectTypeOf<Flat<client.UsageEvent & { id: string }>>().toEqualTypeOf<input<typeof contract.UsageEventInput>>()
})

test('what is answered is what the server sends', () => {
  expectTypeOf<client.Decision>().toEqualTypeOf<contract.Decision>()
  expectTypeOf<Flat<client.ReservationDecision>>().toEqualTypeOf<Flat<contract.ReservationDecision>>()
  expectTypeOf<client.Reservation>().toEqualTypeOf<contract.ReservationView>()
  expectTypeOf<client.Explanation>().toEqualTypeOf<contract.Explanation>()
  expectTypeOf<Flat<Omit<client.TrackAnswer, 'queued' | 'events'>>>().toEqualTypeOf<Flat<Omit<contract.TrackAnswer, 'events'>>>()
  expectTypeOf<contract.EventFate>().toExtend<client.EventFate>()
  expectTypeOf<client.CurrentUsage>().toEqualTypeOf<contract.CurrentUsage>()
  expectTypeOf<client.FailurePolicy>().toEqualTypeOf<contract.FailurePolicy>()
  expectTypeOf<contract.FeatureList['features'][number]>().toExtend<DeclaredFeature>()
  expectTypeOf<client.Fault>().toEqualTypeOf<contract.Fault>()
})
