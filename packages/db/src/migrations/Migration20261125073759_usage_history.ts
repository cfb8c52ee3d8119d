import { Migration } from '@mikro-orm/migrations'

/** Use by day, and what became of usage events that were refused. */
export class Migration20261125073759_usage_history extends Migration {
  override name = 'Migration20261125073759_usage_history'

  override up(): void {
    this.addSql(
      `create table "usage_day" ("tenant_id" text not null, "feature_key" text not null, "day" date not null, "caller_id" text not null, "units" bigint not null, primary key ("tenant_id", "feature_key", "day", "caller_id"));`,
    )

    this.addSql(
      `create table "usage_rejection" ("tenant_id" text not null, "event_id" text not null, "code" text not null, "field" text not null, "feature_key" text not null, "amount" bigint not null, "happened_at" timestamptz(3) null, "caller_id" text not null, "first_at" timestamptz(3) not null, "last_at" timestamptz(3) not null, "times" int not null default 1, primary key ("tenant_id", "event_id", "code"));`,
    )
    this.addSql(
      `create index "usage_rejection_tenant_id_last_at_event_id_index" on "usage_rejection" ("tenant_id", "last_at", "event_id");`,
    )

    this.addSql(`create table "usage_rollup" ("name" text not null, "until" timestamptz(3) not null, primary key ("name"));`)

    this.addSql(`alter table "usage_day" enable row level security;`)
    this.addSql(`alter table "usage_day" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "usage_day" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "usage_day" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`alter table "usage_rejection" enable row level security;`)
    this.addSql(`alter table "usage_rejection" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "usage_rejection" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "usage_rejection" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`grant select, insert, update, delete on "usage_day", "usage_rejection" to tollkeeper_tenant, tollkeeper_system;`)
    this.addSql(`grant select on "usage_rollup" to tollkeeper_tenant, tollkeeper_system;`)
    this.addSql(`grant update on "usage_rollup" to tollkeeper_system;`)
    this.addSql(`insert into usage_rollup (name, until) values ('day', '1970-01-01T00:00:00Z');`)
    // hours are written about in their order, and a day of them is read over all tenants
    this.addSql(`create index usage_hour_hour on usage_hour using brin (hour);`)
    this.addSql(`create index usage_rejection_last_at on usage_rejection using brin (last_at);`)
  }

  override down(): void {
    this.addSql(`drop index usage_hour_hour;`)
    this.addSql(`drop table if exists "usage_day" cascade;`)
    this.addSql(`drop table if exists "usage_rejection" cascade;`)
    this.addSql(`drop table if exists "usage_rollup" cascade;`)
  }
}
