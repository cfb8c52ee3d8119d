import { accountPlaces } from './account-places.ts'
import type { Place } from './place.ts'
import { recordPlaces } from './record-places.ts'
import { tenantPlaces } from './tenant-places.ts'

export type { Place, Subject } from './place.ts'

/** Every table in which data of people stands, by its name. The tables are read, and erased, in this order. */
export const places: Readonly<Record<string, Place>> = { ...recordPlaces, ...tenantPlaces, ...accountPlaces }

/** The other tables, and why there is nothing of anybody in them. A table that is in neither list fails a test. */
export const placesOfNobody: Readonly<Record<string, string>> = {
  balance: 'counts of a tenant',
  books_check: 'counts',
  books_difference: 'counts of a tenant',
  change: 'ids, for an hour',
  checkout: 'ids of the provider',
  customer: "the provider's id of a tenant; there it is deleted",
  entitlement: 'what a plan allows',
  feature: 'the catalog',
  plan: 'the catalog',
  plan_entitlement: 'the catalog',
  plan_version: 'the catalog',
  provider_price: 'the catalog',
  quota_entry: 'counts, by ids',
  usage_cap: 'limits, by ids',
  quota_lease: 'counts of a tenant',
  quota_notice: 'what a tenant was told of',
  rate_window: 'counts, for minutes',
  reservation: 'counts, by ids',
  signing_key: "the server's own",
  spend_cap: 'limits of a tenant',
  subscription_event: 'states of a subscription',
  usage_day: 'counts, by ids',
  usage_rollup: 'how far counts have been added up',
}
