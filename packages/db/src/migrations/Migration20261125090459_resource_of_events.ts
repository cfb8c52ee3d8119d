import { Migration } from '@mikro-orm/migrations'

/** What was used, of usage events of features that count different things. */
export class Migration20261125090459_resource_of_events extends Migration {
  override name = 'Migration20261125090459_resource_of_events'

  override up(): void | Promise<void> {
    this.addSql(`alter table "usage_event" add "resource" text null;`)
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "usage_event" drop column "resource";`)
  }
}
