import { Migration } from '@mikro-orm/migrations'

export class Migration20261125082405_quota_leases extends Migration {
  override name = 'Migration20261125082405_quota_leases'

  override up(): void | Promise<void> {
    this.addSql(
      `create table "quota_lease" ("tenant_id" text not null, "id" text not null, "feature_key" text not null, "window_start" timestamptz(3) not null, "units" bigint not null, "used" bigint not null default 0, "opened_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, primary key ("tenant_id", "id"));`,
    )

    this.addSql(`alter table "feature" add "leased" boolean not null default false;`)

    this.addSql(`alter table "quota_lease" add constraint "quota_lease_uses_what_it_holds" check (used between 0 and units);`)
    this.addSql(`alter table "quota_lease" enable row level security;`)
    this.addSql(`alter table "quota_lease" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "quota_lease" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "quota_lease" to "tollkeeper_system" using (true) with check (true);`)
    this.addSql('alter table quota_lease add foreign key (tenant_id, feature_key) references entitlement (tenant_id, feature_key)')
    this.addSql('grant select on quota_lease to tollkeeper_tenant')
    this.addSql('grant select, insert, update, delete on quota_lease to tollkeeper_system')
    // written every few milliseconds while a node gives out of it
    this.addSql('alter table quota_lease set (fillfactor = 50)')
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "quota_lease" cascade;`)

    this.addSql(`alter table "feature" drop column "leased";`)
  }
}
