import { Migration } from '@mikro-orm/migrations'

/** What usage events should have said. */
export class Migration20261125082503_usage_corrections extends Migration {
  override name = 'Migration20261125082503_usage_corrections'

  override up(): void | Promise<void> {
    this.addSql(
      `create table "usage_correction" ("tenant_id" text not null, "event_id" text not null, "number" int not null, "amount" bigint not null, "reason" text not null, "created_by" text not null, "created_at" timestamptz(3) not null, primary key ("tenant_id", "event_id", "number"));`,
    )

    this.addSql(`alter table "usage_correction" enable row level security;`)
    this.addSql(`alter table "usage_correction" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "usage_correction" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "usage_correction" to "tollkeeper_system" using (true) with check (true);`)
    this.addSql(`grant select, insert on "usage_correction" to tollkeeper_tenant, tollkeeper_system;`)
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "usage_correction" cascade;`)
  }
}
