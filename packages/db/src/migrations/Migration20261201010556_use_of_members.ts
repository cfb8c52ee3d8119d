import { Migration } from '@mikro-orm/migrations'

const sums = [
  ['usage_hour', 'hour'],
  ['usage_day', 'day'],
] as const

/** Whom a key acted for is summed up beside who acted, so that a member's use can be told whoever asked for it. */
export class Migration20261201010556_use_of_members extends Migration {
  override name = 'Migration20261201010556_use_of_members'

  override up(): void {
    this.addSql(`alter table "reservation" add "member_id" text null;`)
    for (const [table, time] of sums) {
      this.addSql(`alter table "${table}" drop constraint "${table}_pkey";`)
      this.addSql(`alter table "${table}" add "member_id" text not null default '';`)
      this.addSql(`alter table "${table}" add primary key ("tenant_id", "feature_key", "${time}", "caller_id", "member_id");`)
    }
  }

  override down(): void {
    this.addSql(`alter table "reservation" drop column "member_id";`)
    for (const [table, time] of sums) {
      this.addSql(
        `with gone as (delete from "${table}" where member_id <> '' returning *)
         insert into "${table}" as u (tenant_id, feature_key, "${time}", caller_id, units)
         select tenant_id, feature_key, "${time}", caller_id, sum(units) from gone group by 1, 2, 3, 4
         on conflict (tenant_id, feature_key, "${time}", caller_id, member_id) do update set units = u.units + excluded.units;`,
      )
      this.addSql(`alter table "${table}" drop constraint "${table}_pkey";`)
      this.addSql(`alter table "${table}" drop column "member_id";`)
      this.addSql(`alter table "${table}" add primary key ("tenant_id", "feature_key", "${time}", "caller_id");`)
    }
  }
}
