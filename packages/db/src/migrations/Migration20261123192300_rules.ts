import { Migration } from '@mikro-orm/migrations'

/** What the entities cannot say: foreign keys that carry the tenant, one live subscription, and who may do what to which table. */
export class Migration20261123192300_rules extends Migration {
  override name = 'Migration20261123192300_rules'

  override up(): void {
    for (const statement of [...foreignKeys, ...uniqueness, ...storage, ...grants, ...peopleOfATenant]) this.addSql(statement)
  }
}

const foreignKeys = [
  'alter table session add foreign key (user_id) references "user" (id) on delete cascade',
  'alter table account add foreign key (user_id) references "user" (id) on delete cascade',
  'alter table refresh_family add foreign key (user_id) references "user" (id) on delete cascade',
  'alter table member add foreign key (tenant_id) references tenant (id), add foreign key (user_id) references "user" (id)',
  'alter table tenant add foreign key (personal_of) references "user" (id)',
  'alter table api_key add foreign key (tenant_id) references tenant (id)',
  'alter table plan_version add foreign key (plan_key) references plan (key)',
  'alter table plan add foreign key (live_version_id) references plan_version (id) deferrable initially deferred',
  'alter table plan_entitlement add foreign key (plan_version_id) references plan_version (id), add foreign key (feature_key) references feature (key)',
  'alter table entitlement add foreign key (tenant_id) references tenant (id), add foreign key (feature_key) references feature (key)',
  'alter table balance add foreign key (tenant_id, feature_key) references entitlement (tenant_id, feature_key)',
  'alter table usage_event add foreign key (feature_key) references feature (key)',
  'alter table customer add foreign key (tenant_id) references tenant (id), add unique (tenant_id)',
  'alter table provider_price add foreign key (plan_version_id) references plan_version (id)',
  'alter table subscription add foreign key (tenant_id, customer_id) references customer (tenant_id, id)',
  'alter table subscription add foreign key (plan_version_id) references plan_version (id)',
  'alter table subscription_event add foreign key (tenant_id, subscription_id) references subscription (tenant_id, id)',
  'alter table invoice add foreign key (tenant_id) references tenant (id)',
]

const uniqueness = [
  'create unique index user_email_in_any_case on "user" (lower(email))',
  'create unique index one_default_plan on plan (is_default) where is_default',
  `create unique index one_live_subscription on subscription (tenant_id) where status in ('trialing', 'active', 'past_due', 'unpaid', 'paused')`,
]

const storage = [
  // a balance is rewritten at every commit: room in the page keeps that from touching an index
  'alter table balance set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01)',
  'alter table usage_hour set (fillfactor = 70)',
]

const tenantTables =
  'tenant, member, api_key, entitlement, balance, quota_request, usage_event, usage_hour, decision_log, customer, subscription, invoice'
const appendOnly = 'quota_entry, subscription_event, audit_entry'
const grants = [
  'grant usage on schema public to tollkeeper_tenant, tollkeeper_system',
  'grant usage, select on all sequences in schema public to tollkeeper_tenant, tollkeeper_system',
  `grant select, insert, update, delete on ${tenantTables} to tollkeeper_tenant, tollkeeper_system`,
  `grant select, insert on ${appendOnly} to tollkeeper_tenant, tollkeeper_system`,
  'grant select on feature, plan, plan_version, plan_entitlement, provider_price to tollkeeper_tenant',
  'grant insert on change to tollkeeper_tenant',
  'grant insert on email_message to tollkeeper_tenant',
  'grant select, insert, update, delete on idempotency_record to tollkeeper_tenant',
  'grant select (id, name, email, email_verified, status, created_at) on "user" to tollkeeper_tenant',
  `grant select, insert, update, delete on "user", session, account, verification, device_code, signing_key, refresh_family, login_event,
     feature, plan, plan_version, plan_entitlement, provider_price, stripe_event, email_message, idempotency_record, change to tollkeeper_system`,
]

/** A tenant sees the people who are its members: the inner query is itself bound to that tenant. */
const peopleOfATenant = [
  'alter table "user" enable row level security',
  `create policy its_members on "user" for select to tollkeeper_tenant using (id in (select user_id from member))`,
  'create policy the_server_itself on "user" to tollkeeper_system using (true) with check (true)',
]
