import { Migration } from '@mikro-orm/migrations'

/** Usage events in a partition for each month, and their ids in a table over all months. */
export class Migration20261125072709_usage_events_by_month extends Migration {
  override name = 'Migration20261125072709_usage_events_by_month'

  override up(): void {
    for (const statement of [
      ...keys,
      'alter table usage_event rename to usage_event_unparted',
      ...partitioned,
      ...months,
      ...moved,
    ])
      this.addSql(statement)
  }

  override down(): void {
    for (const statement of undone) this.addSql(statement)
  }
}

const walls = (table: string) => [
  `alter table "${table}" enable row level security`,
  `alter table "${table}" force row level security`,
  `create policy "one_tenant" on "${table}" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true))`,
  `create policy "the_server_itself" on "${table}" to "tollkeeper_system" using (true) with check (true)`,
  `grant select, insert, update, delete on "${table}" to tollkeeper_tenant, tollkeeper_system`,
]

const keys = [
  `create table "usage_event_key" ("tenant_id" text not null, "id" text not null, "at" timestamptz(3) not null, "content_hash" text not null, "repeated_at" timestamptz(3) null, primary key ("tenant_id", "id"))`,
  ...walls('usage_event_key'),
  // events arrive about in the order in which they happened, so the oldest ids lie together
  'create index usage_event_key_at on usage_event_key using brin (at)',
  `insert into usage_event_key (tenant_id, id, at, content_hash) select tenant_id, id, at, content_hash from usage_event order by at`,
]

const columns =
  '"tenant_id" text not null, "at" timestamptz(3) not null, "id" text not null, "feature_key" text not null, "amount" bigint not null, "received_at" timestamptz(3) not null, "caller_id" text null, "properties" jsonb null'
const foreignKey = 'alter table usage_event add foreign key (feature_key) references feature (key)'

const partitioned = [
  'drop index "usage_event_tenant_id_feature_key_at_index"',
  `create table "usage_event" (${columns}, primary key ("tenant_id", "at", "id")) partition by range ("at")`,
  'create index "usage_event_tenant_id_feature_key_at_index" on "usage_event" ("tenant_id", "feature_key", "at")',
  foreignKey,
  ...walls('usage_event'),
]

/**
 * The server's roles own no table, so they can neither make a month nor drop one. These two functions run as the owner, and can do
 * nothing else. A month is made beside the table and then attached, which makes no reader and no writer wait; dropping one waits
 * three seconds at most for those who are at the table, and is tried again by whoever asked.
 */
const months = [
  `create function usage_event_add_month(of_day date) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      first_day date := date_trunc('month', of_day::timestamp)::date;
      next_day date := (first_day + interval '1 month')::date;
      part text := 'usage_event_' || to_char(first_day, 'YYYY_MM');
    begin
      perform pg_advisory_xact_lock(hashtextextended('months of usage_event', 0));
      if exists (select from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'usage_event'::regclass and c.relname = part)
        then return false;
      end if;
      execute format('create table %I (like usage_event)', part);
      execute format('alter table %I enable row level security', part);
      execute format('alter table %I force row level security', part);
      execute format('create policy one_tenant on %I to tollkeeper_tenant using (tenant_id = current_setting(''app.tenant'', true)) with check (tenant_id = current_setting(''app.tenant'', true))', part);
      execute format('create policy the_server_itself on %I to tollkeeper_system using (true) with check (true)', part);
      execute format('grant select, insert, update, delete on %I to tollkeeper_tenant, tollkeeper_system', part);
      execute format('alter table usage_event attach partition %I for values from (%L) to (%L)', part, first_day || ' 00:00:00+00', next_day || ' 00:00:00+00');
      return true;
    end $$`,
  `create function usage_event_drop_months(before_day date) returns setof text language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '3s' as $$
    declare part text;
    begin
      perform pg_advisory_xact_lock(hashtextextended('months of usage_event', 0));
      for part in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'usage_event'::regclass and c.relname ~ '^usage_event_[0-9]{4,}_[0-9]{2}$'
          and to_date(substr(c.relname, 13), 'YYYY_MM') < date_trunc('month', before_day::timestamp)::date
        order by 1
      loop
        execute format('alter table usage_event detach partition %I', part);
        execute format('drop table %I', part);
        return next part;
      end loop;
    end $$`,
  'revoke execute on function usage_event_add_month(date), usage_event_drop_months(date) from public',
  'grant execute on function usage_event_add_month(date), usage_event_drop_months(date) to tollkeeper_system',
]

const moved = [
  `select usage_event_add_month(month::date) from (select distinct date_trunc('month', at at time zone 'UTC') as month from usage_event_unparted) months`,
  `insert into usage_event (tenant_id, at, id, feature_key, amount, received_at, caller_id, properties)
    select tenant_id, at, id, feature_key, amount, received_at, caller_id, properties from usage_event_unparted`,
  'drop table usage_event_unparted',
]

const undone = [
  'alter table usage_event rename to usage_event_by_month',
  'drop index "usage_event_tenant_id_feature_key_at_index"',
  `create table "usage_event" (${columns}, "content_hash" text not null, primary key ("tenant_id", "id"))`,
  'create index "usage_event_tenant_id_feature_key_at_index" on "usage_event" ("tenant_id", "feature_key", "at")',
  foreignKey,
  ...walls('usage_event'),
  `insert into usage_event (tenant_id, at, id, feature_key, amount, received_at, caller_id, properties, content_hash)
    select e.tenant_id, e.at, e.id, e.feature_key, e.amount, e.received_at, e.caller_id, e.properties, k.content_hash
    from usage_event_by_month e join usage_event_key k using (tenant_id, id)`,
  'drop table usage_event_by_month cascade',
  'drop table usage_event_key',
  'drop function usage_event_add_month(date)',
  'drop function usage_event_drop_months(date)',
]
