import { Migration } from '@mikro-orm/migrations'

/** Links in mails that work once, what a person has chosen for themselves, and where a registration came from. */
export class Migration20261123204213_account_flows extends Migration {
  override name = 'Migration20261123204213_account_flows'

  override up(): void {
    this.addSql(
      `create table "mail_token" ("id" text not null, "user_id" text not null, "purpose" text not null, "token_hash" text not null, "subject" text null, "session_id" text null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, primary key ("id"));`,
    )
    this.addSql(`alter table "mail_token" add constraint "mail_token_token_hash_unique" unique ("token_hash");`)
    this.addSql(`create index "mail_token_user_id_purpose_index" on "mail_token" ("user_id", "purpose");`)
    this.addSql(`alter table "mail_token" add foreign key ("user_id") references "user" ("id") on delete cascade;`)

    this.addSql(
      `create table "user_preference" ("user_id" text not null, "locale" text not null, "time_zone" text not null, "theme" text not null, "new_sign_in_mail" boolean not null, "updated_at" timestamptz(3) not null, primary key ("user_id"));`,
    )
    this.addSql(`alter table "user_preference" add foreign key ("user_id") references "user" ("id") on delete cascade;`)
    this.addSql(`grant select, insert, update, delete on "mail_token", "user_preference" to tollkeeper_system;`)

    this.addSql(
      `alter table "registration" add "address_bucket" text not null default '', add "locale" text not null default 'en';`,
    )
    this.addSql(`alter table "registration" alter column "address_bucket" drop default, alter column "locale" drop default;`)
  }

  override down(): void {
    this.addSql(`drop table if exists "mail_token" cascade;`)
    this.addSql(`drop table if exists "user_preference" cascade;`)
    this.addSql(`alter table "registration" drop column "address_bucket", drop column "locale";`)
  }
}
