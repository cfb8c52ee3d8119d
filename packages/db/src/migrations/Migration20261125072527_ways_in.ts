import { Migration } from '@mikro-orm/migrations'

/** Links and codes in mails that let in, passkeys, and the way out to a provider and back. */
export class Migration20261125072527_ways_in extends Migration {
  override name = 'Migration20261125072527_ways_in'

  override up(): void {
    this.addSql(
      `create table "mail_sign_in" ("id" text not null, "email" text not null, "attempt_hash" text not null, "link_hash" text null, "code_hash" text null, "tries" int not null default 0, "locale" text not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, primary key ("id"));`,
    )
    this.addSql(`alter table "mail_sign_in" add constraint "mail_sign_in_attempt_hash_unique" unique ("attempt_hash");`)
    this.addSql(`alter table "mail_sign_in" add constraint "mail_sign_in_link_hash_unique" unique ("link_hash");`)
    this.addSql(`create index "mail_sign_in_email_index" on "mail_sign_in" ("email");`)

    this.addSql(
      `create table "passkey" ("id" text not null, "user_id" text not null, "name" text not null, "credential_id" text not null, "public_key" text not null, "counter" bigint not null, "transports" text not null, "backed_up" boolean not null, "created_at" timestamptz(3) not null, "last_used_at" timestamptz(3) null, primary key ("id"));`,
    )
    this.addSql(`create index "passkey_user_id_index" on "passkey" ("user_id");`)
    this.addSql(`alter table "passkey" add constraint "passkey_credential_id_unique" unique ("credential_id");`)

    this.addSql(
      `create table "passkey_challenge" ("id" text not null, "challenge_hash" text not null, "user_id" text null, "session_id" text null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, primary key ("id"));`,
    )
    this.addSql(
      `alter table "passkey_challenge" add constraint "passkey_challenge_challenge_hash_unique" unique ("challenge_hash");`,
    )

    this.addSql(
      `create table "provider_attempt" ("id" text not null, "provider" text not null, "state_hash" text not null, "browser_hash" text not null, "code_verifier" text not null, "nonce" text null, "user_id" text null, "session_id" text null, "next" text not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, primary key ("id"));`,
    )
    this.addSql(`alter table "provider_attempt" add constraint "provider_attempt_state_hash_unique" unique ("state_hash");`)

    for (const table of ['passkey', 'passkey_challenge', 'provider_attempt']) {
      this.addSql(`alter table "${table}" add foreign key ("user_id") references "user" ("id") on delete cascade;`)
    }
    this.addSql(
      `grant select, insert, update, delete on "mail_sign_in", "passkey", "passkey_challenge", "provider_attempt" to tollkeeper_system;`,
    )
  }

  override down(): void {
    this.addSql(`drop table if exists "mail_sign_in" cascade;`)
    this.addSql(`drop table if exists "passkey" cascade;`)
    this.addSql(`drop table if exists "passkey_challenge" cascade;`)
    this.addSql(`drop table if exists "provider_attempt" cascade;`)
  }
}
