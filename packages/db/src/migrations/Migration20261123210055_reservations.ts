import { Migration } from '@mikro-orm/migrations'

/** Units of a balance that are held for work under way. */
export class Migration20261123210055_reservations extends Migration {
  override name = 'Migration20261123210055_reservations'

  override up(): void {
    this.addSql(
      `create table "reservation" ("tenant_id" text not null, "id" text not null, "feature_key" text not null, "window_start" timestamptz(3) not null, "state" text not null default 'held', "units" bigint not null, "used" bigint not null default 0, "caller_id" text not null, "decision_id" text not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, "settled_at" timestamptz(3) null, primary key ("tenant_id", "id"));`,
    )

    this.addSql(`alter table "quota_entry" add "reservation_id" text null;`)

    this.addSql(`alter table "quota_request" add "expires_in" int null, add "reservation_id" text null;`)

    this.addSql(
      `alter table "reservation" add constraint "reservation_state" check (state in ('held', 'committed', 'released', 'expired'));`,
    )
    this.addSql(
      `alter table "reservation" add constraint "reservation_is_settled_once" check ((state = 'held') = (settled_at is null));`,
    )
    this.addSql(
      `alter table "reservation" add constraint "reservation_uses_what_it_holds" check (units between 1 and 9007199254740991 and used between 0 and units and (state = 'committed') = (used > 0));`,
    )
    this.addSql(`alter table "reservation" enable row level security;`)
    this.addSql(`alter table "reservation" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "reservation" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "reservation" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(
      `alter table "reservation" add foreign key ("tenant_id", "feature_key", "window_start") references "balance" ("tenant_id", "feature_key", "window_start");`,
    )
    this.addSql(
      `create index "reservation_held_of_balance" on "reservation" ("tenant_id", "feature_key", "window_start", "expires_at") where state = 'held';`,
    )
    this.addSql(`create index "reservation_held_until" on "reservation" ("expires_at") where state = 'held';`)
    this.addSql(`create index "reservation_settled" on "reservation" ("settled_at") where state <> 'held';`)
    this.addSql(`grant select, insert, update, delete on "reservation" to tollkeeper_tenant, tollkeeper_system;`)
  }

  override down(): void {
    this.addSql(`drop table if exists "reservation" cascade;`)

    this.addSql(`alter table "quota_entry" drop column "reservation_id";`)

    this.addSql(`alter table "quota_request" drop column "expires_in", drop column "reservation_id";`)
  }
}
