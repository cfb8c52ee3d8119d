import { Migration } from '@mikro-orm/migrations'

/** A tenant's units of a feature come from several balances: its plan's allowance, grants, what rolled over, what may be used past the limit. */
export class Migration20261125072410_quota_pools extends Migration {
  override name = 'Migration20261125072410_quota_pools'

  override up(): void | Promise<void> {
    this.addSql(
      `create table "entitlement_override" ("tenant_id" text not null, "feature_key" text not null, "limit_units" bigint null, "reason" text not null, "ends_at" timestamptz(3) null, "created_by" text not null, "created_at" timestamptz(3) not null, primary key ("tenant_id", "feature_key"));`,
    )

    this.addSql(
      `create table "gauge_hold" ("tenant_id" text not null, "feature_key" text not null, "holder" text not null, "units" bigint not null, "caller_id" text not null, "acquired_at" timestamptz(3) not null, "expires_at" timestamptz(3) null, primary key ("tenant_id", "feature_key", "holder"));`,
    )

    this.addSql(
      `create table "quota_grant" ("tenant_id" text not null, "id" text not null, "feature_key" text not null, "units" bigint not null, "priority" int not null default 0, "source" text not null, "reason" text not null, "effective_at" timestamptz(3) not null, "expires_at" timestamptz(3) null, "created_by" text not null, "created_at" timestamptz(3) not null, "voided_at" timestamptz(3) null, "void_reason" text null, primary key ("tenant_id", "id"));`,
    )

    this.addSql(
      `create table "rate_window" ("tenant_id" text not null, "feature_key" text not null, "name" text not null, "starts_at" timestamptz(3) not null, "used" bigint not null, primary key ("tenant_id", "feature_key", "name"));`,
    )

    this.addSql(
      `create table "seen_resource" ("tenant_id" text not null, "feature_key" text not null, "window_start" timestamptz(3) not null, "resource" text not null, primary key ("tenant_id", "feature_key", "window_start", "resource"));`,
    )

    this.addSql(
      `create table "spend_cap" ("tenant_id" text not null, "feature_key" text not null, "amount_minor" bigint not null, "updated_at" timestamptz(3) not null default now(), primary key ("tenant_id", "feature_key"));`,
    )

    this.addSql(
      `create table "usage_cap" ("tenant_id" text not null, "feature_key" text not null, "holder" text not null, "limit_units" bigint not null, "updated_at" timestamptz(3) not null default now(), primary key ("tenant_id", "feature_key", "holder"));`,
    )

    this.addSql(`alter table "reservation" drop constraint "reservation_tenant_id_feature_key_window_start_fkey";`)
    this.addSql(`alter table "balance" drop constraint "balance_pkey";`)
    this.addSql(
      `alter table "balance" add "origin" text not null default 'plan', add "kind" text not null default 'allowance', add "priority" int not null default 0, add "opened_at" timestamptz(3) not null default now(), add "pooled" boolean not null default false, add "closed" boolean not null default false;`,
    )
    this.addSql(`alter table "balance" add primary key ("tenant_id", "feature_key", "window_start", "origin");`)
    this.addSql(
      `alter table "balance" add constraint "balance_kind" check (kind in ('allowance', 'rollover', 'grant', 'overage', 'cap'));`,
    )

    this.addSql(
      `alter table "entitlement" add "time_zone" text not null default 'UTC', add "overage_units" bigint null default 0, add "overage_price_minor" bigint null, add "overage_price_per" bigint null, add "rollover_units" bigint not null default 0, add "priority" int not null default 0, add "rates" jsonb not null default '[]', add "anchor_at" timestamptz(3) null;`,
    )

    this.addSql(
      `alter table "feature" add "aggregation" text not null default 'sum', add "credit_feature_key" text null, add "credit_units" bigint null, add "credit_per" bigint null, add "late_seconds" int not null default 2764800, add "future_seconds" int not null default 300;`,
    )
    this.addSql(
      `alter table "feature" add constraint "feature_aggregation" check (aggregation in ('sum', 'count', 'max', 'unique', 'latest'));`,
    )
    this.addSql(
      `alter table "feature" add constraint "feature_credit_rate" check ((credit_feature_key is null) = (credit_units is null) and (credit_units is null) = (credit_per is null) and coalesce(credit_units, 1) > 0 and coalesce(credit_per, 1) > 0);`,
    )
    this.addSql(`alter table "feature" add constraint "feature_bounds" check (late_seconds >= 0 and future_seconds >= 0);`)

    this.addSql(
      `alter table "plan_entitlement" add "time_zone" text not null default 'UTC', add "overage_units" bigint null default 0, add "overage_price_minor" bigint null, add "overage_price_per" bigint null, add "rollover_units" bigint not null default 0, add "priority" int not null default 0, add "rates" jsonb not null default '[]', add "anchor" text not null default 'calendar';`,
    )
    this.addSql(
      `alter table "plan_entitlement" add constraint "plan_entitlement_anchor" check (anchor in ('calendar', 'subscription'));`,
    )

    this.addSql(
      `alter table "quota_entry" add "origin" text not null default 'plan', add "asked_feature_key" text null, add "reverses" text null;`,
    )

    this.addSql(`alter table "quota_request" add "overage" bigint null, add "charged" bigint null;`)

    this.addSql(`alter table "reservation" drop constraint "reservation_pkey";`)
    this.addSql(
      `alter table "reservation" add "origin" text not null default 'plan', add "asked_feature_key" text null, add "asked" bigint null, add "asked_used" bigint not null default 0, add "place" int not null default 0;`,
    )
    this.addSql(`update "reservation" set "asked" = "units", "asked_used" = "used";`)
    this.addSql(`alter table "reservation" alter column "asked" set not null;`)
    this.addSql(`alter table "reservation" add primary key ("tenant_id", "id", "window_start", "origin");`)

    this.addSql(`alter table "entitlement_override" enable row level security;`)
    this.addSql(`alter table "entitlement_override" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "entitlement_override" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(
      `create policy "the_server_itself" on "entitlement_override" to "tollkeeper_system" using (true) with check (true);`,
    )

    this.addSql(`alter table "gauge_hold" add constraint "gauge_hold_units" check (units between 1 and 9007199254740991);`)
    this.addSql(`alter table "gauge_hold" enable row level security;`)
    this.addSql(`alter table "gauge_hold" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "gauge_hold" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "gauge_hold" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`alter table "quota_grant" add constraint "quota_grant_units" check (units between 1 and 9007199254740991);`)
    this.addSql(
      `alter table "quota_grant" add constraint "quota_grant_ends_after_it_begins" check (expires_at is null or expires_at > effective_at);`,
    )
    this.addSql(
      `alter table "quota_grant" add constraint "quota_grant_source" check (source in ('manual', 'promotional', 'top_up'));`,
    )
    this.addSql(
      `alter table "quota_grant" add constraint "quota_grant_is_voided_with_a_reason" check ((voided_at is null) = (void_reason is null));`,
    )
    this.addSql(`alter table "quota_grant" enable row level security;`)
    this.addSql(`alter table "quota_grant" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "quota_grant" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "quota_grant" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`alter table "rate_window" enable row level security;`)
    this.addSql(`alter table "rate_window" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "rate_window" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "rate_window" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`alter table "seen_resource" enable row level security;`)
    this.addSql(`alter table "seen_resource" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "seen_resource" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "seen_resource" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`alter table "spend_cap" enable row level security;`)
    this.addSql(`alter table "spend_cap" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "spend_cap" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "spend_cap" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`alter table "usage_cap" enable row level security;`)
    this.addSql(`alter table "usage_cap" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "usage_cap" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "usage_cap" to "tollkeeper_system" using (true) with check (true);`)
    for (const rule of this.#rules()) this.addSql(rule)
  }

  /** What the entities cannot say. */
  #rules(): string[] {
    return [
      'alter table reservation add foreign key (tenant_id, feature_key, window_start, origin) references balance (tenant_id, feature_key, window_start, origin)',
      'alter table feature add foreign key (credit_feature_key) references feature (key)',
      'alter table quota_grant add foreign key (tenant_id) references tenant (id), add foreign key (feature_key) references feature (key)',
      'alter table entitlement_override add foreign key (tenant_id) references tenant (id), add foreign key (feature_key) references feature (key)',
      'alter table usage_cap add foreign key (tenant_id) references tenant (id), add foreign key (feature_key) references feature (key)',
      'alter table spend_cap add foreign key (tenant_id) references tenant (id), add foreign key (feature_key) references feature (key)',
      'alter table rate_window add foreign key (tenant_id, feature_key) references entitlement (tenant_id, feature_key)',
      'alter table gauge_hold add foreign key (tenant_id, feature_key) references entitlement (tenant_id, feature_key)',
      // what is live at an instant is found by when it ends: the windows that are over pile up behind it
      `create index balance_by_end on balance (tenant_id, feature_key, (coalesce(window_end, 'infinity'::timestamptz)))`,
      'create index seen_resource_by_window on seen_resource (window_start)',
      'create index gauge_hold_until on gauge_hold (expires_at) where expires_at is not null',
      'create index entitlement_override_until on entitlement_override (ends_at) where ends_at is not null',
      'alter table rate_window set (fillfactor = 50)',
      'grant select, insert, update, delete on usage_cap, spend_cap, rate_window, seen_resource, gauge_hold, entitlement_override to tollkeeper_tenant, tollkeeper_system',
      'grant select on quota_grant to tollkeeper_tenant',
      'grant select, insert, update (voided_at, void_reason) on quota_grant to tollkeeper_system',
    ]
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "entitlement_override" cascade;`)
    this.addSql(`drop table if exists "gauge_hold" cascade;`)
    this.addSql(`drop table if exists "quota_grant" cascade;`)
    this.addSql(`drop table if exists "rate_window" cascade;`)
    this.addSql(`drop table if exists "seen_resource" cascade;`)
    this.addSql(`drop table if exists "spend_cap" cascade;`)
    this.addSql(`drop table if exists "usage_cap" cascade;`)

    this.addSql(`alter table "reservation" drop constraint "reservation_tenant_id_feature_key_window_start_origin_fkey";`)
    this.addSql(`alter table "balance" drop constraint "balance_pkey" cascade;`)
    this.addSql(`alter table "balance" drop constraint "balance_kind";`)
    this.addSql(
      `alter table "balance" drop column "origin", drop column "kind", drop column "priority", drop column "opened_at", drop column "pooled", drop column "closed";`,
    )
    this.addSql(`alter table "balance" add primary key ("tenant_id", "feature_key", "window_start");`)

    this.addSql(
      `alter table "entitlement" drop column "time_zone", drop column "overage_units", drop column "overage_price_minor", drop column "overage_price_per", drop column "rollover_units", drop column "priority", drop column "rates", drop column "anchor_at";`,
    )

    this.addSql(`alter table "feature" drop constraint "feature_aggregation";`)
    this.addSql(`alter table "feature" drop constraint "feature_credit_rate";`)
    this.addSql(`alter table "feature" drop constraint "feature_bounds";`)
    this.addSql(
      `alter table "feature" drop column "aggregation", drop column "credit_feature_key", drop column "credit_units", drop column "credit_per", drop column "late_seconds", drop column "future_seconds";`,
    )

    this.addSql(`alter table "plan_entitlement" drop constraint "plan_entitlement_anchor";`)
    this.addSql(
      `alter table "plan_entitlement" drop column "time_zone", drop column "overage_units", drop column "overage_price_minor", drop column "overage_price_per", drop column "rollover_units", drop column "priority", drop column "rates", drop column "anchor";`,
    )

    this.addSql(`alter table "quota_entry" drop column "origin", drop column "asked_feature_key", drop column "reverses";`)

    this.addSql(`alter table "quota_request" drop column "overage", drop column "charged";`)

    this.addSql(`alter table "reservation" drop constraint "reservation_pkey";`)
    this.addSql(
      `alter table "reservation" drop column "origin", drop column "asked_feature_key", drop column "asked", drop column "asked_used", drop column "place";`,
    )
    this.addSql(`alter table "reservation" add primary key ("tenant_id", "id");`)
    this.addSql(`drop index "balance_by_end";`)
    this.addSql(
      `alter table "reservation" add foreign key ("tenant_id", "feature_key", "window_start") references "balance" ("tenant_id", "feature_key", "window_start");`,
    )
  }
}
