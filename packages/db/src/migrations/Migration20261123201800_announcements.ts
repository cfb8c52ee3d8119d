import { Migration } from '@mikro-orm/migrations'

/** An inserted row answers with what the database filled in; a tenant's session may see that much of its own announcement. */
export class Migration20261123201800_announcements extends Migration {
  override name = 'Migration20261123201800_announcements'

  override up(): void {
    this.addSql('grant select (id, transaction_id, at) on change to tollkeeper_tenant')
  }
}
