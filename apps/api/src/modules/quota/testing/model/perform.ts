import { setTimeout as sleep } from 'node:timers/promises'
import type { GrantInput } from '@tollkeeper/shared'
import type pg from 'pg'
import type { TenantContext, UserContext } from '../../../../kernel/context.ts'
import { inSystemTransaction } from '../../../../kernel/in-transaction.ts'
import { newId } from '../../../../kernel/new-id.ts'
import { applyPlan } from '../../apply-plan.ts'
import { authorize } from '../../authorize.ts'
import { setCap } from '../../cap/set-cap.ts'
import { setSpendCap } from '../../cap/set-spend-cap.ts'
import { acquire } from '../../gauge/acquire.ts'
import { release } from '../../gauge/release.ts'
import { correctUsage } from '../../grant/correct-usage.ts'
import { grantUnits } from '../../grant/grant-units.ts'
import { overrideLimit, removeOverride } from '../../grant/override-limit.ts'
import { voidGrant } from '../../grant/void-grant.ts'
import { reserve } from '../../reserve.ts'
import { commitReservation, releaseReservation } from '../../settle-reservation.ts'
import { track } from '../../track.ts'
import {
  type Act,
  type ActOf,
  type Asker,
  type Heard,
  type Known,
  type Meter,
  type ModelCadence,
  stretches,
  type Terms,
} from './world.ts'

/** What is asked for under each meter, and whose balances it takes from. */
export const features: Record<Meter, { asked: string; counted: string }> = {
  sum: { asked: 'characters', counted: 'characters' },
  count: { asked: 'calls', counted: 'calls' },
  credits: { asked: 'texts', counted: 'credits' },
  unique: { asked: 'documents', counted: 'documents' },
  max: { asked: 'peak', counted: 'peak' },
  latest: { asked: 'level', counted: 'level' },
  gauge: { asked: 'slots', counted: 'slots' },
  leased: { asked: 'pulses', counted: 'pulses' },
}

export const definitions = [
  { key: 'calls', aggregation: 'count' },
  { key: 'credits', kind: 'credit_system' },
  { key: 'texts', credits: { featureKey: 'credits', units: 2, per: 3 } },
  { key: 'documents', aggregation: 'unique' },
  { key: 'peak', aggregation: 'max' },
  { key: 'level', aggregation: 'latest' },
  { key: 'slots', kind: 'gauge' },
  { key: 'pulses', leased: true },
]

export const KEY = 'key_00000000000000000000000000'

/** A node looks this often, and a little more, after what it takes ahead. */
const TURN_MS = 7

/** What is refused with one of these was heard; whatever else is thrown is a fault. */
const refusals = ['quota.request_conflict', 'quota.event_not_found']

/** Asks a node for an act. */
export async function perform(here: TenantContext, act: Act, known: Known, meter: Meter): Promise<Heard> {
  try {
    return await performOn(here, act, known, features[meter])
  } catch (error) {
    const { code } = error as { code?: string }
    if (code?.startsWith('reservation.') || refusals.includes(code!)) return { refusal: code! }
    throw error
  }
}

async function performOn(
  here: TenantContext,
  act: Act,
  { reservations, grants }: Known,
  { asked: feature, counted }: { asked: string; counted: string },
): Promise<Heard> {
  const { tenantId } = here
  switch (act.kind) {
    case 'authorize': {
      const { amount, requestId } = act
      const named = requestId === null ? {} : { requestId }
      return decisionOf(
        await authorize(as(here, act.by), { feature, amount, resource: act.resource, ...named, ...memberOf(here, act.by) }),
      )
    }
    case 'burst': {
      const all: Heard[] = []
      for (let time = 0; time < act.times; time++) {
        all.push(decisionOf(await authorize(as(here, act.by), { feature, amount: act.amount, ...memberOf(here, act.by) })))
        await sleep(TURN_MS)
      }
      return { all }
    }
    case 'reserve': {
      const decision = await reserve(as(here, act.by), {
        feature,
        amount: act.amount,
        expiresIn: act.seconds,
        ...memberOf(here, act.by),
      })
      return { ...decisionOf(decision), reservationId: decision.reservationId }
    }
    case 'commit':
      return viewOf(await commitReservation(here, { id: reservations[act.which % reservations.length]!, amount: act.amount }))
    case 'release':
      return viewOf(await releaseReservation(here, { id: reservations[act.which % reservations.length]! }))
    case 'track':
      return { fate: await fateOf(here, feature, act) }
    case 'correct': {
      const { eventId, amount } = act
      return { before: (await correctUsage(asOperator(here), { tenantId, eventId, amount, reason: 'test' })).before }
    }
    case 'acquire': {
      const expiry = act.seconds === null ? {} : { expiresIn: act.seconds }
      const decision = await acquire(as(here, act.by), { feature, holder: act.holder, amount: act.amount, ...expiry })
      return { ...decisionOf(decision), held: decision.held }
    }
    case 'let go':
      return { released: (await release(here, { feature, holder: act.holder })).released }
    case 'grant':
      return { grantId: (await grantUnits(asOperator(here), grantOf(here, counted, act))).id }
    case 'void':
      return {
        voided: (await voidGrant(asOperator(here), { tenantId, id: grants[act.which % grants.length]!, reason: 'test' })).used,
      }
    default:
      await changeTerms(here, act, counted)
      return 'done'
  }
}

async function changeTerms(
  here: TenantContext,
  act: ActOf<'plan' | 'override' | 'end override' | 'spend' | 'cap'>,
  feature: string,
): Promise<unknown> {
  const { tenantId } = here
  switch (act.kind) {
    case 'plan':
      return putOnTerms(here, feature, act.terms)
    case 'override': {
      const end =
        act.lasts === null ? {} : { endsAt: new Date(here.services.clock.now().getTime() + act.lasts * 1_000).toISOString() }
      return overrideLimit(asOperator(here), { tenantId, feature, limit: orNull(act.limit), reason: 'test', ...end })
    }
    case 'end override':
      return removeOverride(asOperator(here), { tenantId, feature })
    case 'spend':
      return setSpendCap(here, { feature, amountMinor: act.most })
    case 'cap': {
      const holder = { owner: ownerOf(here), key: KEY, each_member: 'each_member', each_key: 'each_key' }[act.holder]
      return setCap(here, { feature, holder: holder as 'each_key', limit: act.limit })
    }
  }
}

async function fateOf(
  ctx: TenantContext,
  feature: string,
  { by, eventId, amount, resource, ago }: ActOf<'track'>,
): Promise<string> {
  const at = ago === null ? {} : { at: new Date(ctx.services.clock.now().getTime() - ago * 1_000).toISOString() }
  const named = feature === features.unique.asked ? { resource } : {}
  const { events } = await track(as(ctx, by), { events: [{ id: eventId, feature, amount, ...named, ...at, ...memberOf(ctx, by) }] })
  return events[0]!.code ?? events[0]!.state
}

function as(ctx: TenantContext, by: Asker): TenantContext {
  if (by === 'owner') return ctx
  return { ...ctx, caller: { kind: 'api_key', keyId: KEY, tenantId: ctx.tenantId, scopes: ['decision:ask', 'usage:write'] } }
}

function memberOf(ctx: TenantContext, by: Asker): { member?: string } {
  return by === 'key for owner' ? { member: ownerOf(ctx) } : {}
}

export function ownerOf(ctx: TenantContext): string {
  return asOperator(ctx).caller.userId
}

function asOperator(ctx: TenantContext): UserContext {
  if (ctx.caller.kind !== 'user') throw new Error('The model acts for a person.')
  return { ...ctx, caller: ctx.caller }
}

function grantOf(
  { tenantId, services }: TenantContext,
  feature: string,
  { units, priority, after, lasts }: ActOf<'grant'>,
): GrantInput {
  const from = services.clock.now().getTime() + after * 1_000
  return {
    tenantId,
    feature,
    units,
    priority,
    source: 'manual',
    reason: 'test',
    effectiveAt: new Date(from).toISOString(),
    ...(lasts === null ? {} : { expiresAt: new Date(from + lasts * 1_000).toISOString() }),
  }
}

function decisionOf({ allowed, code, remaining, limit }: Extract<Heard, { allowed: boolean }>) {
  return { allowed, code, remaining, limit }
}

function viewOf({ state, used }: { state: string; used: number }): Heard {
  return { state, used }
}

function orNull(units: number): number | null {
  return units === Number.POSITIVE_INFINITY ? null : units
}

let versions = 1_000

/** Puts a tenant on a version of a plan that nobody else has. @param cadence absent: the one it has */
export async function putOnTerms(
  { services, tenantId }: TenantContext,
  feature: string,
  { limit, overage, price, rollover, rates }: Terms,
  cadence?: ModelCadence,
): Promise<void> {
  const id = newId('planVersion')
  const pool: pg.Pool = services.pool
  await pool.query('insert into plan_version (id, plan_key, number) values ($1, $2, $3)', [id, 'free', versions++])
  await pool.query(
    `insert into plan_entitlement (plan_version_id, feature_key, limit_units, cadence, overage_units, overage_price_minor, overage_price_per,
       rollover_units, rates)
     select $1, $2, $3, c, $5, $6, 1, case c when 'never' then 0 else $7::int8 end, $8
     from (values (coalesce($4, (select cadence from entitlement where tenant_id = $9 and feature_key = $2)))) as v(c)`,
    [
      ...[id, feature, orNull(limit), cadence ?? null, orNull(overage), price, rollover],
      ...[JSON.stringify(rates.map(({ name, units }) => ({ name, units, seconds: stretches[name] }))), tenantId],
    ],
  )
  await inSystemTransaction(services, ({ em, now }) =>
    applyPlan(em, { tenantId, planKey: 'free', planVersionId: id, source: 'test', now }),
  )
}
