import { Migration } from '@mikro-orm/migrations';

export class Migration20261123195117_nothing extends Migration {

  override name = 'Migration20261123195117_nothing';

  override up(): void | Promise<void> {
    this.addSql(`alter table "quota_entry" alter column "id" set default nextval('quota_entry_id');`);

    this.addSql(`alter table "subscription_event" alter column "id" set default nextval('subscription_event_id');`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "quota_entry" alter column "id" set default nextval('quota_entry_id');`);

    this.addSql(`alter table "subscription_event" alter column "id" set default nextval('subscription_event_id');`);
  }

}
