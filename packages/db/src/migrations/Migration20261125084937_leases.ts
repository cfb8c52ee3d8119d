import { Migration } from '@mikro-orm/migrations'

/** Reservations of apps that use what they hold without asking: past their time they are used up rather than given back. */
export class Migration20261125084937_leases extends Migration {
  override name = 'Migration20261125084937_leases'

  override up(): void {
    this.addSql(`alter table "reservation" add "charged_at_end" boolean not null default false;`)
  }

  override down(): void {
    this.addSql(`alter table "reservation" drop column "charged_at_end";`)
  }
}
