import type { Services } from '../../../kernel/services.ts'

/** Why the provider was asked. */
export interface Origin {
  source: 'stripe' | 'reconcile' | 'request'
  stripeEventId: string | null
}

/** An asking, numbered before it begins: of two answers, the one with the higher number saw the later state. */
export interface Fetch extends Origin {
  number: number
  at: Date
}

export async function beginFetch({ pool, clock }: Services, origin: Origin): Promise<Fetch> {
  const { rows } = await pool.query<{ number: number }>(`select nextval('provider_fetch_number')::float8 as number`)
  return { ...origin, number: rows[0]!.number, at: clock.now() }
}

/** What became of an answer of the provider. */
export type Outcome = 'applied' | 'outdated' | 'not_ours' | 'price_unknown' | 'gone'
