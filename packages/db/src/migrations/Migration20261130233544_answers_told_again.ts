import { Migration } from '@mikro-orm/migrations'

/** What else was asked under a request id, and what its refusal was told would help. */
export class Migration20261130233544_answers_told_again extends Migration {
  override name = 'Migration20261130233544_answers_told_again'

  override up(): void | Promise<void> {
    this.addSql(`alter table "quota_request" add "asked_of" text null, add "remedies" jsonb null;`)
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "quota_request" drop column "asked_of", drop column "remedies";`)
  }
}
