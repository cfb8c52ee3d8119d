import { Migration } from '@mikro-orm/migrations'

/** Registrations that wait for the proof of their address, mails that are tried again, attempts to sign in counted by line. */
export class Migration20261123194754_registration extends Migration {
  override name = 'Migration20261123194754_registration'

  override up(): void {
    this.addSql(
      `create table "registration" ("id" text not null, "email" text not null, "name" text not null, "password_hash" text not null, "token_hash" text not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, primary key ("id"));`,
    )
    this.addSql(`alter table "registration" add constraint "registration_token_hash_unique" unique ("token_hash");`)
    this.addSql(`create index "registration_email_created_at_index" on "registration" ("email", "created_at");`)
    this.addSql(`grant select, insert, update, delete on "registration" to tollkeeper_system;`)

    this.addSql(`drop index "email_message_state_created_at_index";`)
    this.addSql(`alter table "email_message" add "next_attempt_at" timestamptz(3) null;`)
    this.addSql(`create index "email_message_state_next_attempt_at_index" on "email_message" ("state", "next_attempt_at");`)
    this.addSql(`create index "email_message_recipient_created_at_index" on "email_message" ("recipient", "created_at");`)

    this.addSql(`alter table "login_event" add "address_bucket" text not null default '';`)
    this.addSql(`alter table "login_event" alter column "address_bucket" drop default;`)
    this.addSql(`create index "login_event_identifier_hash_at_index" on "login_event" ("identifier_hash", "at");`)
  }

  override down(): void {
    this.addSql(`drop table if exists "registration" cascade;`)
    this.addSql(`drop index "email_message_state_next_attempt_at_index";`)
    this.addSql(`drop index "email_message_recipient_created_at_index";`)
    this.addSql(`alter table "email_message" drop column "next_attempt_at";`)
    this.addSql(`create index "email_message_state_created_at_index" on "email_message" ("state", "created_at");`)
    this.addSql(`drop index "login_event_identifier_hash_at_index";`)
    this.addSql(`alter table "login_event" drop column "address_bucket";`)
  }
}
