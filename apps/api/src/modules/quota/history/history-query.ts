import type { EntityManager } from '@mikro-orm/postgresql'
import type { UsageHistoryInput } from '@tollkeeper/shared'
import { textArray } from '../engine/array-literal.ts'
import type { Buckets } from './buckets.ts'

/** Units of one bucket, feature and group. */
export interface HistoryCell {
  /** Its place among the buckets. */
  bucket: number
  featureKey: string
  /** What it is of: a member's or key's id, or a property's value; null: whatever else there is. */
  key: string | null
  /** Whether it stands for groups beyond those that are told one by one. */
  isRest: boolean
  units: number
}

export interface HistoryQuery extends Pick<UsageHistoryInput, 'by' | 'feature' | 'member' | 'key' | 'property' | 'value'> {
  tenantId: string
  buckets: Buckets
  /** Groups of a feature that are told one by one, the greatest first. */
  top: number
}

const DAY_MS = 86_400_000

/**
 * Reads sums of usage, bucket by bucket. They come from the rollups, so they add up to the ledger; properties come from the events
 * that carry them, and what was used without one is the rest of the rollups. Where one value is asked for, only its events are read.
 * An hour belongs to the bucket that it begins in.
 */
export async function readHistory(em: EntityManager, query: HistoryQuery): Promise<HistoryCell[]> {
  const { buckets, by, property, value } = query
  const filters = filtersOf(query)
  const values: unknown[] = []
  const say = (sql: string, ...given: unknown[]) => {
    values.push(...given)
    return sql
  }
  const sums = () => say(sumsOf(buckets, filters.sql), ...rangesOf(buckets, filters.values))
  const events = () =>
    say(
      `select feature_key, caller_id, coalesce(member_id, '') as member_id, date_trunc('hour', at, 'UTC') as hour, amount as units, properties ->> ? as value
       from usage_event where at >= ? and at < ? and properties ->> ? is not null ${value === undefined ? '' : 'and properties ->> ? = ?'} ${filters.sql}`,
      property,
      ...rangeOf(buckets),
      property,
      ...(value === undefined ? [] : [property, value]),
      ...filters.values,
    )
  const source =
    value !== undefined
      ? `select * from (${events()}) e`
      : by === 'property'
        ? `select feature_key, caller_id, member_id, hour, units, null as value from (${sums()}) s
           union all select * from (${events()}) e
           union all select feature_key, caller_id, member_id, hour, -units, null from (${events()}) e`
        : `select *, null as value from (${sums()}) s`
  const edges = textArray(buckets.edges.map((at) => new Date(at).toISOString()))
  return em.execute<HistoryCell[]>(
    `with cell as (
       select width_bucket(hour, ?::timestamptz[])::int - 1 as bucket, feature_key, ${groupOf[by]} as key, sum(units) as units
       from (${source}) part group by 1, 2, 3
     ),
     ranked as (
       select feature_key, key, row_number() over (partition by feature_key order by sum(units) desc, key) as place
       from cell where key is not null group by 1, 2
     )
     select c.bucket, c.feature_key as "featureKey", case when r.place <= ? then c.key end as key, coalesce(r.place > ?, false) as "isRest",
       sum(c.units)::float8 as units
     from cell c left join ranked r using (feature_key, key) group by 1, 2, 3, 4 having sum(c.units) <> 0 order by 2, 4, 3, 1`,
    [edges, ...values, query.top, query.top],
  )
}

const groupOf: Record<HistoryQuery['by'], string> = {
  feature: 'null::text',
  // what a key asked or reported for a member is of both
  member: `case when member_id <> '' then member_id when caller_id like 'usr\\_%' then caller_id end`,
  key: `case when caller_id like 'key\\_%' then caller_id end`,
  property: 'value',
}

function filtersOf({ tenantId, feature, member, key }: HistoryQuery): { sql: string; values: string[] } {
  const given: [string, ...(string | undefined)[]][] = [
    ['tenant_id = ?', tenantId],
    ['feature_key = ?', feature],
    ['? in (caller_id, member_id)', member],
    ['caller_id = ?', key],
  ]
  const asked = given.filter((pair): pair is [string, string] => pair[1] !== undefined)
  return { sql: asked.map(([condition]) => `and ${condition}`).join(' '), values: asked.map(([, value]) => value) }
}

function rangeOf({ edges }: Buckets): [Date, Date] {
  return [new Date(edges[0]!), new Date(edges.at(-1)!)]
}

/** Days where every bucket begins with a day of UTC and the day is summed up, hours for the rest. */
function sumsOf(buckets: Buckets, filters: string): string {
  if (!areDays(buckets))
    return `select feature_key, caller_id, member_id, hour, units from usage_hour where hour >= ? and hour < ? ${filters}`
  const until = `(select until from usage_rollup where name = 'day')`
  return `select feature_key, caller_id, member_id, day::timestamp at time zone 'UTC' as hour, units from usage_day
    where day >= ?::date and day < ?::date and day < (${until} at time zone 'UTC')::date ${filters}
    union all
    select feature_key, caller_id, member_id, hour, units from usage_hour where hour >= ? and hour < ? and hour >= ${until} ${filters}`
}

function rangesOf(buckets: Buckets, filters: string[]): unknown[] {
  const [from, to] = rangeOf(buckets)
  const hours = [from, to, ...filters]
  if (!areDays(buckets)) return hours
  return [from.toISOString().slice(0, 10), to.toISOString().slice(0, 10), ...filters, ...hours]
}

function areDays({ edges }: Buckets): boolean {
  return edges.every((at) => at % DAY_MS === 0)
}
