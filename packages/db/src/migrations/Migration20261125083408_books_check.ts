import { Migration } from '@mikro-orm/migrations'

/** What the continuous check of the books found, and how far it is. */
export class Migration20261125083408_books_check extends Migration {
  override name = 'Migration20261125083408_books_check'

  override up(): void {
    this.addSql(
      `create table "books_check" ("name" text not null, "at_tenant" text not null default '', "at_feature" text not null default '', "round_started_at" timestamptz(3) null, "round_ended_at" timestamptz(3) null, "round_balances" bigint not null default 0, "balances" bigint not null default 0, "checked_total" bigint not null default 0, primary key ("name"));`,
    )

    this.addSql(
      `create table "books_difference" ("tenant_id" text not null, "feature_key" text not null, "window_start" timestamptz(3) not null, "origin" text not null, "field" text not null, "expected" bigint null, "found" bigint null, "found_at" timestamptz(3) not null, "seen_at" timestamptz(3) not null, primary key ("tenant_id", "feature_key", "window_start", "origin", "field"));`,
    )

    this.addSql(`alter table "books_difference" enable row level security;`)
    this.addSql(`alter table "books_difference" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "books_difference" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "books_difference" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`insert into books_check (name) values ('quota');`)
    this.addSql(`grant select, update on "books_check" to tollkeeper_system;`)
    this.addSql(`grant select, insert, update, delete on "books_difference" to tollkeeper_tenant, tollkeeper_system;`)
    // whether a feature of a tenant was ever paid from another's credits
    this.addSql(
      `create index quota_entry_paid_in_credits on quota_entry (tenant_id, asked_feature_key) where asked_feature_key is not null;`,
    )
  }

  override down(): void {
    this.addSql(`drop index quota_entry_paid_in_credits;`)
    this.addSql(`drop table if exists "books_check" cascade;`)
    this.addSql(`drop table if exists "books_difference" cascade;`)
  }
}
