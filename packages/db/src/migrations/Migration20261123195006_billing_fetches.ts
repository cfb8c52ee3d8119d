import { Migration } from '@mikro-orm/migrations'

/** Checkouts that were opened, and the order in which the payment provider was asked for what we hold of it. */
export class Migration20261123195006_billing_fetches extends Migration {
  override name = 'Migration20261123195006_billing_fetches'

  override up(): void {
    this.addSql(
      `create table "checkout" ("tenant_id" text not null, "id" text not null, "stripe_session_id" text not null, "plan_version_id" text not null, "state" text not null default 'open', "expires_at" timestamptz(3) not null, "created_at" timestamptz(3) not null, primary key ("tenant_id", "id"));`,
    )
    this.addSql(`alter table "checkout" add constraint "checkout_stripe_session_id_unique" unique ("stripe_session_id");`)
    this.addSql(`create index "checkout_state_created_at_index" on "checkout" ("state", "created_at");`)
    this.addSql(`alter table "checkout" add foreign key (tenant_id) references tenant (id);`)
    this.addSql(`alter table "checkout" add foreign key (plan_version_id) references plan_version (id);`)
    this.addSql(`alter table "checkout" enable row level security;`)
    this.addSql(`alter table "checkout" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "checkout" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "checkout" to "tollkeeper_system" using (true) with check (true);`)
    this.addSql(`grant select, insert, update, delete on "checkout" to tollkeeper_tenant, tollkeeper_system;`)

    this.addSql(`create sequence provider_fetch_number;`)
    this.addSql(`grant usage on sequence provider_fetch_number to tollkeeper_system;`)
    this.addSql(
      `alter table "subscription" add "superseded" boolean not null default false, add "fetch_number" bigint not null default 0;`,
    )
    this.addSql(`alter table "subscription" alter column "fetch_number" drop default;`)
    this.addSql(`alter table "invoice" add "fetch_number" bigint not null default 0;`)
    this.addSql(`alter table "invoice" alter column "fetch_number" drop default;`)
    this.addSql(`create index "invoice_tenant_id_created_at_index" on "invoice" ("tenant_id", "created_at");`)

    this.addSql(`drop index one_live_subscription;`)
    this.addSql(
      `create unique index one_live_subscription on subscription (tenant_id) where not superseded and status in ('trialing', 'active', 'past_due', 'unpaid', 'paused');`,
    )
  }

  override down(): void {
    this.addSql(`drop index one_live_subscription;`)
    this.addSql(
      `create unique index one_live_subscription on subscription (tenant_id) where status in ('trialing', 'active', 'past_due', 'unpaid', 'paused');`,
    )
    this.addSql(`drop index "invoice_tenant_id_created_at_index";`)
    this.addSql(`alter table "invoice" drop column "fetch_number";`)
    this.addSql(`alter table "subscription" drop column "superseded", drop column "fetch_number";`)
    this.addSql(`drop sequence provider_fetch_number;`)
    this.addSql(`drop table "checkout" cascade;`)
  }
}
