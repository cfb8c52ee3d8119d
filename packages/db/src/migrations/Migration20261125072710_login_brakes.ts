import { Migration } from '@mikro-orm/migrations'

/** What the brakes on signing in count: the attempts of one line, and all of the last minutes. */
export class Migration20261125072710_login_brakes extends Migration {
  override name = 'Migration20261125072710_login_brakes'

  override up(): void {
    this.addSql(`create index "login_event_address_bucket_at_index" on "login_event" ("address_bucket", "at");`)
    this.addSql(`create index "login_event_at_index" on "login_event" ("at");`)
  }

  override down(): void {
    this.addSql(`drop index "login_event_address_bucket_at_index";`)
    this.addSql(`drop index "login_event_at_index";`)
  }
}
