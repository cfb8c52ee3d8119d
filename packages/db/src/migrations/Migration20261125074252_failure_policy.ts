import { Migration } from '@mikro-orm/migrations'

/** What apps may do with a feature while they cannot reach the server. */
export class Migration20261125074252_failure_policy extends Migration {
  override name = 'Migration20261125074252_failure_policy'

  override up(): void {
    this.addSql(`alter table "feature" add "failure_policy" jsonb not null default '{"kind": "closed"}';`)
    this.addSql(
      `alter table "feature" add constraint "feature_passes_only_what_is_counted" check (failure_policy->>'kind' = 'closed' or (failure_policy->>'kind' in ('open', 'lease') and kind = 'metered'));`,
    )
  }

  override down(): void {
    this.addSql(`alter table "feature" drop constraint "feature_passes_only_what_is_counted";`)
    this.addSql(`alter table "feature" drop column "failure_policy";`)
  }
}
