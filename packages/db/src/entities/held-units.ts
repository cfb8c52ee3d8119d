import { defineEntity, p } from '@mikro-orm/core'
import { id, instant, quantity, text } from './columns.ts'
import { tenantWall } from './tenant-wall.ts'

/**
 * Units of one balance, held until they are committed, released, or their time is over. Changed under the balance's lock only. A
 * reservation that takes of several balances is a row for each.
 */
const ReservationSchema = defineEntity({
  name: 'Reservation',
  tableName: 'reservation',
  ...tenantWall(),
  checks: [
    { name: 'reservation_state', expression: "state in ('held', 'committed', 'released', 'expired')" },
    { name: 'reservation_is_settled_once', expression: "(state = 'held') = (settled_at is null)" },
    {
      name: 'reservation_uses_what_it_holds',
      expression: "units between 1 and 9007199254740991 and used between 0 and units and (state = 'committed') = (used > 0)",
    },
  ],
  properties: {
    tenantId: id().primary(),
    id: id().primary(),
    windowStart: instant().primary(),
    origin: text().primary().default('plan'),
    featureKey: text(),
    /** The feature that was asked for, where it is paid from this one's credits. */
    askedFeatureKey: text().nullable(),
    /** Of the whole reservation, in units of the feature that was asked for. */
    asked: quantity(),
    /** Its place among the balances of its reservation, in the order in which they are used up. */
    place: p.integer().default(0),
    state: text().default('held'),
    units: quantity(),
    used: quantity().defaultRaw('0'),
    /** Of the whole reservation, as `asked`. */
    askedUsed: quantity().defaultRaw('0'),
    callerId: text(),
    /** Whom a key held them for. */
    memberId: text().nullable(),
    decisionId: text(),
    createdAt: instant(),
    expiresAt: instant(),
    /** What is not settled when its time is over was used, as far as anybody can know: a lease an app decides by on its own. */
    chargedAtEnd: p.boolean().default(false),
    settledAt: instant().nullable(),
  },
})
export class Reservation extends ReservationSchema.class {}
ReservationSchema.setClass(Reservation)

/**
 * Units of a plan's allowance that one node took ahead, to give out from memory. What is not used of them stands in `leased` of the
 * balance. Only the node itself ends it: one whose node was killed stays, and what it holds stays charged.
 */
const QuotaLeaseSchema = defineEntity({
  name: 'QuotaLease',
  tableName: 'quota_lease',
  ...tenantWall(),
  checks: [{ name: 'quota_lease_uses_what_it_holds', expression: 'used between 0 and units' }],
  properties: {
    tenantId: id().primary(),
    id: id().primary(),
    featureKey: text(),
    windowStart: instant(),
    /** Ever taken for it, and given out of that, as far as it is written. */
    units: quantity(),
    used: quantity().defaultRaw('0'),
    openedAt: instant(),
    /** When the node stops to give out of it; for people who look, nothing is decided by it. */
    expiresAt: instant(),
  },
})
export class QuotaLease extends QuotaLeaseSchema.class {}
QuotaLeaseSchema.setClass(QuotaLease)

/** What is held of a gauge, by whom, and for how long. */
const GaugeHoldSchema = defineEntity({
  name: 'GaugeHold',
  tableName: 'gauge_hold',
  ...tenantWall(),
  checks: [{ name: 'gauge_hold_units', expression: 'units between 1 and 9007199254740991' }],
  properties: {
    tenantId: id().primary(),
    featureKey: text().primary(),
    holder: text().primary(),
    units: quantity(),
    callerId: text(),
    acquiredAt: instant(),
    /** Null: until it is released. */
    expiresAt: instant().nullable(),
  },
})
export class GaugeHold extends GaugeHoldSchema.class {}
GaugeHoldSchema.setClass(GaugeHold)

/** How much of a rate limit is used in its present stretch of time. */
const RateWindowSchema = defineEntity({
  name: 'RateWindow',
  tableName: 'rate_window',
  ...tenantWall(),
  properties: {
    tenantId: id().primary(),
    featureKey: text().primary(),
    name: text().primary(),
    startsAt: instant(),
    used: quantity(),
  },
})
export class RateWindow extends RateWindowSchema.class {}
RateWindowSchema.setClass(RateWindow)

/** What was seen in a window of a feature that counts different things. */
const SeenResourceSchema = defineEntity({
  name: 'SeenResource',
  tableName: 'seen_resource',
  ...tenantWall(),
  properties: {
    tenantId: id().primary(),
    featureKey: text().primary(),
    windowStart: instant().primary(),
    resource: text().primary(),
  },
})
export class SeenResource extends SeenResourceSchema.class {}
SeenResourceSchema.setClass(SeenResource)

export const heldUnitsEntities = [Reservation, QuotaLease, GaugeHold, RateWindow, SeenResource]
