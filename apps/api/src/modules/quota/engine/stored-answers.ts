import type { DecisionCode, Remedy } from '@tollkeeper/shared'
import type { ClientBase } from 'pg'
import type { ConsumeOutcome } from '../../../kernel/ports/quota-engine.ts'
import { plainArray, textArray } from './array-literal.ts'

/** An answer, and what is held by it. */
export interface GivenAnswer {
  outcome: ConsumeOutcome
  reservationId: string | null
  expiresAt: Date | null
}

/** An answer that was given to a request id, and what it was asked for. */
export interface StoredAnswer extends GivenAnswer {
  featureKey: string
  amount: number
  /** Digest of what else was asked; null: it was not kept. */
  askedOf: string | null
  /** Seconds for which units were to be held; null: they were to be used at once. */
  expiresIn: number | null
}

interface Named {
  tenantId: string
  requestId: string | null
}

/** The answers given before to those of the requests that have an id, under `<tenant id> <request id>`. */
export async function answersOf(client: Pick<ClientBase, 'query'>, requests: readonly Named[]): Promise<Map<string, StoredAnswer>> {
  const named = requests.filter(({ requestId }) => requestId !== null)
  if (named.length === 0) return new Map()
  const { rows } = await client.query<{
    tenant_id: string
    request_id: string
    feature_key: string
    amount: number
    decision_id: string
    allowed: boolean
    code: DecisionCode
    remaining: number | null
    limit_units: number | null
    overage: number | null
    charged: number | null
    resets_at: Date | null
    asked_of: string | null
    remedies: Remedy[] | null
    expires_in: number | null
    reservation_id: string | null
    expires_at: Date | null
  }>({
    name: 'stored-answers',
    text: `select q.tenant_id, q.request_id, q.feature_key, q.amount::float8 as amount, q.decision_id, q.allowed, q.code, q.asked_of, q.remedies,
        q.remaining::float8 as remaining, q.limit_units::float8 as limit_units, q.overage::float8 as overage, q.charged::float8 as charged, q.resets_at,
        q.expires_in, q.reservation_id, case when q.reservation_id is not null then q.at + make_interval(secs => q.expires_in) end as expires_at
      from unnest($1::text[], $2::text[]) as r(tenant_id, request_id) join quota_request q
        on q.tenant_id = any (array[r.tenant_id]) and q.request_id = r.request_id`,
    values: [textArray(named.map(({ tenantId }) => tenantId)), textArray(named.map(({ requestId }) => requestId))],
  })
  return new Map(
    rows.map((row) => [
      `${row.tenant_id} ${row.request_id}`,
      {
        featureKey: row.feature_key,
        amount: row.amount,
        askedOf: row.asked_of,
        expiresIn: row.expires_in,
        reservationId: row.reservation_id,
        expiresAt: row.expires_at,
        outcome: {
          allowed: row.allowed,
          decisionId: row.decision_id,
          code: row.code,
          remaining: row.remaining,
          limit: row.limit_units,
          ...(row.overage === null ? {} : { overage: row.overage }),
          ...(row.charged === null ? {} : { charged: row.charged }),
          resetsAt: row.resets_at,
          ...(row.remedies === null ? {} : { remedies: row.remedies }),
          replayed: true,
        },
      },
    ]),
  )
}

export interface FreshAnswer {
  request: { tenantId: string; requestId: string | null; amount: number; featureKey: string; askedOf: string | null }
  outcome: ConsumeOutcome
  /** Of a request to hold units; without a reservation where it was refused. */
  hold?: { expiresIn: number; reservationId: string | null }
}

/**
 * Stores answers under their request ids, in id order.
 * @throws a unique violation when another node has answered one of them in the meantime
 */
export async function storeAnswers(client: Pick<ClientBase, 'query'>, answers: readonly FreshAnswer[], now: Date): Promise<void> {
  if (answers.length === 0) return
  await client.query({
    name: 'store-answers',
    text: `insert into quota_request (tenant_id, request_id, feature_key, amount, decision_id, allowed, code, remaining, limit_units, resets_at,
        expires_in, reservation_id, overage, charged, asked_of, remedies, at)
      select *, $17 from unnest($1::text[], $2::text[], $3::text[], $4::int8[], $5::text[], $6::bool[], $7::text[], $8::int8[], $9::int8[], $10::timestamptz[],
        $11::int[], $12::text[], $13::int8[], $14::int8[], $15::text[], $16::jsonb[])
      order by 1, 2`,
    values: [
      textArray(answers.map(({ request }) => request.tenantId)),
      textArray(answers.map(({ request }) => request.requestId)),
      textArray(answers.map(({ request }) => request.featureKey)),
      plainArray(answers.map(({ request }) => request.amount)),
      textArray(answers.map(({ outcome }) => outcome.decisionId)),
      plainArray(answers.map(({ outcome }) => outcome.allowed)),
      textArray(answers.map(({ outcome }) => outcome.code)),
      plainArray(answers.map(({ outcome }) => outcome.remaining)),
      plainArray(answers.map(({ outcome }) => outcome.limit)),
      textArray(answers.map(({ outcome }) => outcome.resetsAt?.toISOString() ?? null)),
      plainArray(answers.map(({ hold }) => hold?.expiresIn ?? null)),
      textArray(answers.map(({ hold }) => hold?.reservationId ?? null)),
      plainArray(answers.map(({ outcome }) => outcome.overage ?? null)),
      plainArray(answers.map(({ outcome }) => outcome.charged ?? null)),
      textArray(answers.map(({ request }) => request.askedOf)),
      textArray(answers.map(({ outcome }) => (outcome.remedies ? JSON.stringify(outcome.remedies) : null))),
      now,
    ],
  })
}
