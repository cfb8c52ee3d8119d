import { Migration } from '@mikro-orm/migrations'

/** Whom a key reported a usage event for. */
export class Migration20261201005310_event_of_member extends Migration {
  override name = 'Migration20261201005310_event_of_member'

  override up(): void | Promise<void> {
    this.addSql(`alter table "usage_event" add "member_id" text null;`)
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "usage_event" drop column "member_id";`)
  }
}
