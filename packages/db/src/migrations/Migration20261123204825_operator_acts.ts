import { Migration } from '@mikro-orm/migrations'

/** Who acted as whom, and why somebody or some tenant is suspended. */
export class Migration20261123204825_operator_acts extends Migration {
  override name = 'Migration20261123204825_operator_acts'

  override up(): void {
    this.addSql(`alter table "audit_entry" add "impersonator_id" text null;`)
    this.addSql(`create index "audit_entry_actor_id_at_index" on "audit_entry" ("actor_id", "at");`)
    this.addSql(`create index "audit_entry_target_at_index" on "audit_entry" ("target", "at");`)
    this.addSql(`alter table "session" add "impersonator_id" text null;`)
    this.addSql(`alter table "session" add foreign key ("impersonator_id") references "user" ("id") on delete cascade;`)
    this.addSql(`create index "session_impersonator_id_index" on "session" ("impersonator_id");`)
    this.addSql(`alter table "tenant" add "status_reason" text null;`)
    this.addSql(`alter table "user" add "status_reason" text null;`)
  }

  override down(): void {
    this.addSql(`alter table "audit_entry" drop column "impersonator_id";`)
    this.addSql(`drop index "audit_entry_actor_id_at_index";`)
    this.addSql(`drop index "audit_entry_target_at_index";`)
    this.addSql(`alter table "session" drop column "impersonator_id";`)
    this.addSql(`alter table "tenant" drop column "status_reason";`)
    this.addSql(`alter table "user" drop column "status_reason";`)
  }
}
