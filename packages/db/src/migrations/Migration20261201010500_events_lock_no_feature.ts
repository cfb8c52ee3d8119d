import { Migration } from '@mikro-orm/migrations'

/**
 * An event no longer locks its feature's row: with a foreign key every event of every tenant did, each by a statement of its own, an
 * eighth of what an event costs. A feature is never deleted, and a key the catalog has not is refused before an event is written.
 */
export class Migration20261201010500_events_lock_no_feature extends Migration {
  override name = 'Migration20261201010500_events_lock_no_feature'

  override up(): void {
    this.addSql(`do $$
      declare foreign_key text;
      begin
        for foreign_key in select conname from pg_constraint where conrelid = 'usage_event'::regclass and contype = 'f' loop
          execute format('alter table usage_event drop constraint %I', foreign_key);
        end loop;
      end $$;`)
  }

  override down(): void {
    this.addSql(`alter table usage_event add foreign key (feature_key) references feature (key);`)
  }
}
