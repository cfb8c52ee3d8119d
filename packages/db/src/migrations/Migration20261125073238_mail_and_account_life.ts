import { Migration } from '@mikro-orm/migrations'

/** What mails are about and where they may not go, pictures of people, and how an account ends. */
export class Migration20261125073238_mail_and_account_life extends Migration {
  override name = 'Migration20261125073238_mail_and_account_life'

  override up(): void {
    this.addSql(
      `create table "avatar" ("user_id" text not null, "key" text not null, "image" bytea not null, "updated_at" timestamptz(3) not null, primary key ("user_id"));`,
    )
    this.addSql(`alter table "avatar" add constraint "avatar_key_unique" unique ("key");`)

    this.addSql(`alter table "avatar" add foreign key ("user_id") references "user" ("id") on delete cascade;`)
    this.addSql(`grant select, insert, update, delete on "avatar" to tollkeeper_system;`)

    this.addSql(
      `create table "mail_suppression" ("address" text not null, "reason" text not null, "mail_id" text null, "created_at" timestamptz(3) not null, primary key ("address"));`,
    )

    this.addSql(`grant select, insert, update, delete on "mail_suppression" to tollkeeper_system;`)

    this.addSql(
      `create table "quota_notice" ("tenant_id" text not null, "feature_key" text not null, "window_start" timestamptz(3) not null, "percent" int not null, "at" timestamptz(3) not null, primary key ("tenant_id", "feature_key", "window_start", "percent"));`,
    )

    this.addSql(`alter table "email_message" add "user_id" text null, add "security" boolean not null default true;`)
    this.addSql(`create index "email_message_user_id_index" on "email_message" ("user_id");`)

    this.addSql(`alter table "user" add "delete_after" timestamptz(3) null, add "erased_at" timestamptz(3) null;`)

    this.addSql(
      `alter table "user_preference" add "key_issued_mail" boolean not null default true, add "quota_mail" boolean not null default true, add "billing_mail" boolean not null default true, add "receipt_mail" boolean not null default true;`,
    )
    this.addSql(`alter table "user_preference" alter column "new_sign_in_mail" set default true;`)

    this.addSql(`alter table "quota_notice" enable row level security;`)
    this.addSql(`alter table "quota_notice" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "quota_notice" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "quota_notice" to "tollkeeper_system" using (true) with check (true);`)
    this.addSql(`grant select, insert, update, delete on "quota_notice" to tollkeeper_tenant, tollkeeper_system;`)

    // a mail that a tenant's change calls for is written in the language of its reader
    this.addSql(`alter table "user_preference" enable row level security;`)
    this.addSql(
      `create policy "its_members" on "user_preference" for select to "tollkeeper_tenant" using (user_id in (select user_id from member));`,
    )
    this.addSql(`create policy "the_server_itself" on "user_preference" to "tollkeeper_system" using (true) with check (true);`)
    this.addSql(`grant select on "user_preference" to tollkeeper_tenant;`)
  }

  override down(): void {
    this.addSql(`drop table if exists "avatar" cascade;`)
    this.addSql(`drop table if exists "mail_suppression" cascade;`)
    this.addSql(`drop table if exists "quota_notice" cascade;`)

    this.addSql(`drop index "email_message_user_id_index";`)
    this.addSql(`alter table "email_message" drop column "user_id", drop column "security";`)

    this.addSql(`alter table "user" drop column "delete_after", drop column "erased_at";`)

    this.addSql(
      `alter table "user_preference" drop column "key_issued_mail", drop column "quota_mail", drop column "billing_mail", drop column "receipt_mail";`,
    )
    this.addSql(`alter table "user_preference" alter column "new_sign_in_mail" drop default;`)
    this.addSql(`drop policy "its_members" on "user_preference";`)
    this.addSql(`drop policy "the_server_itself" on "user_preference";`)
    this.addSql(`alter table "user_preference" disable row level security;`)
    this.addSql(`revoke select on "user_preference" from tollkeeper_tenant;`)
  }
}
