import type { Place } from './place.ts'

const ofTenant = (table: string) => `delete from ${table} where tenant_id = :tenantId`

/** The tenant they have by themselves, and where else they belong. What others' tenants hold is those tenants'. */
export const tenantPlaces: Record<string, Place> = {
  member: {
    read: `select m.tenant_id, t.name as tenant, m.role, m.joined_at from member m join tenant t on t.id = m.tenant_id
      where m.user_id = :userId order by m.joined_at`,
    erase: 'delete from member where user_id = :userId',
  },
  invitation: {
    read: 'select id, tenant_id, role, status, created_at, ended_at from invitation where email = :email or accepted_by = :userId',
    pagedBy: ['id'],
    erase: 'delete from invitation where email = :email or accepted_by = :userId',
  },
  tenant: {
    read: 'select id, name, slug, status, created_at from tenant where id = :tenantId',
    erase: `update tenant set name = '', slug = 'erased-' || id, status = 'suspended', status_reason = null where id = :tenantId`,
  },
  api_key: {
    read: `select id, tenant_id, name, prefix, last_four, scopes, created_at, expires_at, revoked_at, last_used_at from api_key
      where tenant_id = :tenantId or created_by = :userId`,
    pagedBy: ['id'],
    erase: `update api_key set name = '', revoked_at = coalesce(revoked_at, :now) where tenant_id = :tenantId`,
  },
  // whatever an app sent along with its use may be about people, the ids it chose as well; the sums stay, as the invoices' reason
  usage_event: {
    read: 'select id, feature_key, amount, at, properties from usage_event where tenant_id = :tenantId',
    pagedBy: ['at', 'id'],
    erase: ofTenant('usage_event'),
  },
  usage_correction: {
    read: 'select event_id, number, amount, reason, created_at from usage_correction where tenant_id = :tenantId',
    pagedBy: ['event_id', 'number'],
    erase: ofTenant('usage_correction'),
  },
  usage_event_key: { erase: ofTenant('usage_event_key') },
  seen_resource: { erase: ofTenant('seen_resource') },
  gauge_hold: { erase: ofTenant('gauge_hold') },
  usage_rejection: {
    read: 'select event_id, feature_key, amount, code, times, first_at, last_at from usage_rejection where tenant_id = :tenantId',
    pagedBy: ['event_id', 'code'],
    erase: ofTenant('usage_rejection'),
  },
  quota_request: { erase: ofTenant('quota_request') },
  decision_log: {
    read: 'select id, feature_key, amount, allowed, code, request_id, at from decision_log where tenant_id = :tenantId',
    pagedBy: ['id'],
    erase: 'update decision_log set request_id = null where tenant_id = :tenantId and request_id is not null',
  },
  usage_hour: {
    read: 'select feature_key, hour, sum(units) as units from usage_hour where tenant_id = :tenantId group by 1, 2',
    pagedBy: ['feature_key', 'hour'],
  },
  quota_grant: {
    read: 'select id, feature_key, units, source, effective_at, expires_at from quota_grant where tenant_id = :tenantId',
    pagedBy: ['id'],
    erase: `update quota_grant set reason = '', void_reason = case when void_reason is null then null else '' end where tenant_id = :tenantId`,
  },
  entitlement_override: { erase: `update entitlement_override set reason = '' where tenant_id = :tenantId` },
  subscription: {
    read: `select id, plan_key, status, current_period_start, current_period_end, cancel_at_period_end, ended_at, created_at
      from subscription where tenant_id = :tenantId order by id`,
  },
  // an invoice is kept as the law asks: what was paid and when, without a way to who paid
  invoice: {
    read: `select number, status, currency, total_minor, paid_minor, created_at, hosted_url from invoice
      where tenant_id = :tenantId order by created_at`,
    erase: 'update invoice set hosted_url = null, pdf_url = null where tenant_id = :tenantId',
  },
  stripe_event: {
    erase: `update stripe_event set payload = jsonb_build_object('id', id, 'erased', true)
      where position(:email in payload::text) > 0 or position(:customerId in payload::text) > 0`,
  },
}
