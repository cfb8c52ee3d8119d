import { Migration } from '@mikro-orm/migrations'

/** Authenticator apps, backup codes, sign-ins that wait for their second factor, and tenants that demand one. */
export class Migration20261125072502_second_factor extends Migration {
  override name = 'Migration20261125072502_second_factor'

  override up(): void {
    this.addSql(
      `create table "totp_factor" ("user_id" text not null, "secret" text not null, "confirmed_at" timestamptz(3) null, "last_step" bigint not null default 0, "created_at" timestamptz(3) not null, primary key ("user_id"));`,
    )
    this.addSql(
      `create table "backup_code" ("code_hash" text not null, "user_id" text not null, "created_at" timestamptz(3) not null, primary key ("code_hash"));`,
    )
    this.addSql(`create index "backup_code_user_id_index" on "backup_code" ("user_id");`)
    this.addSql(
      `create table "sign_in_challenge" ("id" text not null, "user_id" text not null, "token_hash" text not null, "method" text not null, "carrier" text not null, "tries" int not null default 0, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, primary key ("id"));`,
    )
    this.addSql(`create index "sign_in_challenge_user_id_index" on "sign_in_challenge" ("user_id");`)
    this.addSql(`alter table "sign_in_challenge" add constraint "sign_in_challenge_token_hash_unique" unique ("token_hash");`)
    for (const table of ['totp_factor', 'backup_code', 'sign_in_challenge']) {
      this.addSql(`alter table "${table}" add foreign key ("user_id") references "user" ("id") on delete cascade;`)
    }
    this.addSql(`grant select, insert, update, delete on "totp_factor", "backup_code", "sign_in_challenge" to tollkeeper_system;`)

    // sessions that were there before count as proved when they began
    this.addSql(`alter table "session" add "proved_at" timestamptz(3) null, add "second_factor" text null;`)
    this.addSql(`update "session" set "proved_at" = "created_at";`)
    this.addSql(`alter table "session" alter column "proved_at" set default now(), alter column "proved_at" set not null;`)
    this.addSql(`alter table "device_code" add "approved_with" text null;`)
    this.addSql(`alter table "tenant" add "second_factor_required" boolean not null default false;`)
  }

  override down(): void {
    for (const table of ['totp_factor', 'backup_code', 'sign_in_challenge']) this.addSql(`drop table if exists "${table}" cascade;`)
    this.addSql(`alter table "session" drop column "proved_at", drop column "second_factor";`)
    this.addSql(`alter table "device_code" drop column "approved_with";`)
    this.addSql(`alter table "tenant" drop column "second_factor_required";`)
  }
}
