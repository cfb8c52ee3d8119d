import { Migration } from '@mikro-orm/migrations'

/** People who are asked to join a tenant, by their address. */
export class Migration20261125072532_invitations extends Migration {
  override name = 'Migration20261125072532_invitations'

  override up(): void {
    this.addSql(
      `create table "invitation" ("tenant_id" text not null, "id" text not null, "email" text not null, "role" text not null, "token_hash" text not null, "status" text not null default 'pending', "invited_by" text not null, "sends" int not null default 1, "created_at" timestamptz(3) not null, "sent_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, "ended_at" timestamptz(3) null, "accepted_by" text null, primary key ("tenant_id", "id"));`,
    )
    this.addSql(`alter table "invitation" add constraint "invitation_token_hash_unique" unique ("token_hash");`)

    this.addSql(
      `alter table "invitation" add constraint "invitation_status" check (status in ('pending', 'accepted', 'declined', 'revoked', 'expired'));`,
    )
    this.addSql(`alter table "invitation" add constraint "invitation_ends_once" check ((status = 'pending') = (ended_at is null));`)
    this.addSql(`alter table "invitation" enable row level security;`)
    this.addSql(`alter table "invitation" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "invitation" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "invitation" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`alter table "invitation" add foreign key ("tenant_id") references "tenant" ("id");`)
    this.addSql(
      `create unique index "invitation_one_pending" on "invitation" ("tenant_id", lower("email")) where status = 'pending';`,
    )
    this.addSql(
      `create index "invitation_pending_of_inviter" on "invitation" ("tenant_id", "invited_by") where status = 'pending';`,
    )
    this.addSql(`create index "invitation_mails_of_tenant" on "invitation" ("tenant_id", "sent_at");`)
    this.addSql(`grant select, insert, update, delete on "invitation" to tollkeeper_tenant, tollkeeper_system;`)
  }

  override down(): void {
    this.addSql(`drop table if exists "invitation" cascade;`)
  }
}
