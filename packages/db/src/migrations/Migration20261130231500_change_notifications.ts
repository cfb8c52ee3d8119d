import { Migration } from '@mikro-orm/migrations'

/** Tells the nodes that listen of every announcement, when it commits; those of one transaction are one notification. */
export class Migration20261130231500_change_notifications extends Migration {
  override name = 'Migration20261130231500_change_notifications'

  override up(): void {
    this.addSql(`create function notify_of_change() returns trigger language plpgsql as $$
      begin
        perform pg_notify('tollkeeper_change', '');
        return null;
      end $$;`)
    this.addSql(
      `create trigger "change_is_notified" after insert on "change" for each statement execute function notify_of_change();`,
    )
  }

  override down(): void {
    this.addSql(`drop trigger "change_is_notified" on "change";`)
    this.addSql(`drop function notify_of_change();`)
  }
}
