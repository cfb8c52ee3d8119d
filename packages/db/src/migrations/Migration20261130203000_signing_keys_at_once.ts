import { Migration } from '@mikro-orm/migrations'

/** From when a signing key signs: at once, where it takes the place of the others. */
export class Migration20261130203000_signing_keys_at_once extends Migration {
  override name = 'Migration20261130203000_signing_keys_at_once'

  override up(): void {
    this.addSql(`alter table "signing_key" add "signs_from" timestamptz(3) null;`)
  }

  override down(): void {
    this.addSql(`alter table "signing_key" drop column "signs_from";`)
  }
}
