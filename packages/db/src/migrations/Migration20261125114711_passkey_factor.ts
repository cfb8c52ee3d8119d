import { Migration } from '@mikro-orm/migrations'

/** Who has turned two-step sign-in on with their passkeys, and the codes by which a session is proved again. */
export class Migration20261125114711_passkey_factor extends Migration {
  override name = 'Migration20261125114711_passkey_factor'

  override up(): void {
    this.addSql(
      `create table "passkey_factor" ("user_id" text not null, "created_at" timestamptz(3) not null, primary key ("user_id"));`,
    )
    this.addSql(
      `create table "step_up_code" ("session_id" text not null, "user_id" text not null, "code_hash" text not null, "tries" int not null default 0, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, primary key ("session_id"));`,
    )
    this.addSql(`create index "step_up_code_user_id_index" on "step_up_code" ("user_id");`)
    for (const table of ['passkey_factor', 'step_up_code']) {
      this.addSql(`alter table "${table}" add foreign key ("user_id") references "user" ("id") on delete cascade;`)
    }
    this.addSql(`alter table "step_up_code" add foreign key ("session_id") references "session" ("id") on delete cascade;`)
    this.addSql(`grant select, insert, update, delete on "passkey_factor", "step_up_code" to tollkeeper_system;`)
  }

  override down(): void {
    for (const table of ['passkey_factor', 'step_up_code']) this.addSql(`drop table if exists "${table}" cascade;`)
  }
}
