import { Migration } from '@mikro-orm/migrations'

/**
 * The audit trail is only ever appended to. The one exception: the words in which something was told of a person are taken out when
 * they are erased, by a function that can do that and nothing else. What happened, when, and by which id, stays.
 */
export class Migration20261125090000_erasure extends Migration {
  override name = 'Migration20261125090000_erasure'

  override up(): void {
    this.addSql(`create function erase_audit_words(person text, own_tenant text, address text, called text) returns void
      language sql security definer set search_path = public, pg_temp as $$
        update audit_entry set details = '{"erased": true}'
        where details <> '{}' and (
          target = person or tenant_id = own_tenant or (tenant_id is null and actor_id = person)
          or position(lower(address) in lower(details::text)) > 0
          or position(lower(to_json(called)::text) in lower(details::text)) > 0)
      $$;`)
    this.addSql(`revoke execute on function erase_audit_words(text, text, text, text) from public;`)
    this.addSql('grant delete on usage_correction to tollkeeper_system;')
    this.addSql('grant update (reason) on quota_grant to tollkeeper_system;')
    this.addSql(`grant execute on function erase_audit_words(text, text, text, text) to tollkeeper_system;`)
  }

  override down(): void {
    this.addSql('revoke delete on usage_correction from tollkeeper_system;')
    this.addSql('revoke update (reason) on quota_grant from tollkeeper_system;')
    this.addSql(`drop function erase_audit_words(text, text, text, text);`)
  }
}
