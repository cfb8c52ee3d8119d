import { Migration } from '@mikro-orm/migrations'

export class Migration20261123192215_initial extends Migration {
  override name = 'Migration20261123192215_initial'

  override up(): void | Promise<void> {
    this.addSql('create sequence quota_entry_id;')
    this.addSql('create sequence subscription_event_id;')

    this.addSql(
      `create table "account" ("id" text not null, "user_id" text not null, "provider_id" text not null, "account_id" text not null, "access_token" text null, "refresh_token" text null, "id_token" text null, "access_token_expires_at" timestamptz(3) null, "refresh_token_expires_at" timestamptz(3) null, "scope" text null, "password" text null, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), primary key ("id"));`,
    )
    this.addSql(`create index "account_user_id_index" on "account" ("user_id");`)
    this.addSql(
      `alter table "account" add constraint "account_provider_id_account_id_unique" unique ("provider_id", "account_id");`,
    )

    this.addSql(
      `create table "api_key" ("tenant_id" text not null, "id" text not null, "name" text not null, "prefix" text not null, "last_four" text not null, "hash" text not null, "scopes" text[] not null, "created_by" text null, "created_at" timestamptz(3) not null default now(), "expires_at" timestamptz(3) null, "revoked_at" timestamptz(3) null, "last_used_at" timestamptz(3) null, primary key ("tenant_id", "id"));`,
    )
    this.addSql(`alter table "api_key" add constraint "api_key_hash_unique" unique ("hash");`)
    this.addSql(`create index "api_key_tenant_id_created_at_index" on "api_key" ("tenant_id", "created_at");`)

    this.addSql(
      `create table "audit_entry" ("id" text not null, "tenant_id" text null, "action" text not null, "actor_kind" text not null, "actor_id" text null, "target" text null, "details" jsonb not null, "request_id" text null, "at" timestamptz(3) not null, primary key ("id"));`,
    )
    this.addSql(`create index "audit_entry_tenant_id_at_index" on "audit_entry" ("tenant_id", "at");`)

    this.addSql(
      `create table "balance" ("tenant_id" text not null, "feature_key" text not null, "window_start" timestamptz(3) not null, "window_end" timestamptz(3) null, "granted" bigint null, "consumed" bigint not null default 0, "reserved" bigint not null default 0, "leased" bigint not null default 0, "updated_at" timestamptz(3) not null default now(), primary key ("tenant_id", "feature_key", "window_start"));`,
    )

    this.addSql(
      `create table "change" ("id" bigserial primary key, "transaction_id" xid8 not null default pg_current_xact_id(), "kind" text not null, "subject" text not null, "at" timestamptz(3) not null default now());`,
    )
    this.addSql(`create index "change_transaction_id_index" on "change" ("transaction_id");`)

    this.addSql(
      `create table "customer" ("tenant_id" text not null, "id" text not null, "stripe_customer_id" text not null, "currency" text null, "created_at" timestamptz(3) not null default now(), primary key ("tenant_id", "id"));`,
    )
    this.addSql(`alter table "customer" add constraint "customer_stripe_customer_id_unique" unique ("stripe_customer_id");`)

    this.addSql(
      `create table "decision_log" ("tenant_id" text not null, "id" text not null, "feature_key" text not null, "amount" bigint not null, "allowed" boolean not null, "code" text not null, "step" text null, "caller_id" text not null, "request_id" text null, "at" timestamptz(3) not null, primary key ("tenant_id", "id"));`,
    )
    this.addSql(`create index "decision_log_tenant_id_at_index" on "decision_log" ("tenant_id", "at");`)

    this.addSql(
      `create table "device_code" ("id" text not null, "device_code" text not null, "user_code" text not null, "user_id" text null, "client_id" text null, "scope" text null, "status" text not null, "expires_at" timestamptz(3) not null, "last_polled_at" timestamptz(3) null, "polling_interval" int null, primary key ("id"));`,
    )
    this.addSql(`alter table "device_code" add constraint "device_code_device_code_unique" unique ("device_code");`)
    this.addSql(`alter table "device_code" add constraint "device_code_user_code_unique" unique ("user_code");`)

    this.addSql(
      `create table "email_message" ("id" text not null, "template" text not null, "recipient" text not null, "subject" text not null, "text_body" text not null, "html_body" text not null, "dedupe_key" text null, "state" text not null default 'queued', "attempts" int not null default 0, "error" text null, "created_at" timestamptz(3) not null, "sent_at" timestamptz(3) null, primary key ("id"));`,
    )
    this.addSql(`alter table "email_message" add constraint "email_message_dedupe_key_unique" unique ("dedupe_key");`)
    this.addSql(`create index "email_message_state_created_at_index" on "email_message" ("state", "created_at");`)

    this.addSql(
      `create table "entitlement" ("tenant_id" text not null, "feature_key" text not null, "limit_units" bigint null, "cadence" text not null, "plan_key" text not null, "plan_version_id" text not null, "source" text not null, "updated_at" timestamptz(3) not null default now(), primary key ("tenant_id", "feature_key"));`,
    )

    this.addSql(
      `create table "feature" ("key" text not null, "name" text not null, "kind" text not null, "unit" text not null, "position" int not null, "created_at" timestamptz(3) not null default now(), primary key ("key"));`,
    )

    this.addSql(
      `create table "idempotency_record" ("caller_id" text not null, "key" text not null, "procedure" text not null, "request_hash" text not null, "answer" jsonb null, "repeatable" boolean not null default true, "at" timestamptz(3) not null, primary key ("caller_id", "key"));`,
    )

    this.addSql(
      `create table "invoice" ("tenant_id" text not null, "id" text not null, "stripe_invoice_id" text not null, "number" text null, "status" text not null, "currency" text not null, "total_minor" bigint not null, "paid_minor" bigint not null, "hosted_url" text null, "pdf_url" text null, "created_at" timestamptz(3) not null, "fetched_at" timestamptz(3) not null, primary key ("tenant_id", "id"));`,
    )
    this.addSql(`alter table "invoice" add constraint "invoice_stripe_invoice_id_unique" unique ("stripe_invoice_id");`)

    this.addSql(
      `create table "login_event" ("id" bigserial primary key, "user_id" text null, "identifier_hash" text not null, "method" text not null, "outcome" text not null, "reason" text null, "ip_address" text null, "user_agent" text null, "at" timestamptz(3) not null);`,
    )
    this.addSql(`create index "login_event_user_id_at_index" on "login_event" ("user_id", "at");`)

    this.addSql(
      `create table "member" ("tenant_id" text not null, "id" text not null, "user_id" text not null, "role" text not null, "joined_at" timestamptz(3) not null default now(), primary key ("tenant_id", "id"));`,
    )
    this.addSql(`create index "member_user_id_index" on "member" ("user_id");`)
    this.addSql(`alter table "member" add constraint "member_tenant_id_user_id_unique" unique ("tenant_id", "user_id");`)

    this.addSql(
      `create table "plan" ("key" text not null, "name" text not null, "description" text not null, "rank" int not null, "is_default" boolean not null default false, "self_service" boolean not null default false, "live_version_id" text not null, "created_at" timestamptz(3) not null default now(), primary key ("key"));`,
    )

    this.addSql(
      `create table "plan_entitlement" ("plan_version_id" text not null, "feature_key" text not null, "limit_units" bigint null, "cadence" text not null, primary key ("plan_version_id", "feature_key"));`,
    )

    this.addSql(
      `create table "plan_version" ("id" text not null, "plan_key" text not null, "number" int not null, "price_minor" bigint null, "currency" text null, "published_at" timestamptz(3) not null default now(), primary key ("id"));`,
    )
    this.addSql(`alter table "plan_version" add constraint "plan_version_plan_key_number_unique" unique ("plan_key", "number");`)

    this.addSql(
      `create table "provider_price" ("plan_version_id" text not null, "provider" text not null, "price_id" text not null, "product_id" text not null, "created_at" timestamptz(3) not null default now(), primary key ("plan_version_id", "provider"));`,
    )
    this.addSql(`alter table "provider_price" add constraint "provider_price_price_id_unique" unique ("price_id");`)

    this.addSql(
      `create table "quota_entry" ("tenant_id" text not null, "id" bigint not null default nextval('quota_entry_id'), "feature_key" text not null, "window_start" timestamptz(3) not null, "kind" text not null, "units" bigint null, "caller_id" text null, "requests" int not null default 1, "at" timestamptz(3) not null, primary key ("tenant_id", "id"));`,
    )
    this.addSql(
      `create index "quota_entry_tenant_id_feature_key_window_start_index" on "quota_entry" ("tenant_id", "feature_key", "window_start");`,
    )

    this.addSql(
      `create table "quota_request" ("tenant_id" text not null, "request_id" text not null, "feature_key" text not null, "amount" bigint not null, "decision_id" text not null, "allowed" boolean not null, "code" text not null, "remaining" bigint null, "limit_units" bigint null, "resets_at" timestamptz(3) null, "at" timestamptz(3) not null, primary key ("tenant_id", "request_id"));`,
    )
    this.addSql(`create index "quota_request_at_index" on "quota_request" ("at");`)

    this.addSql(
      `create table "refresh_family" ("id" text not null, "session_id" text not null, "user_id" text not null, "counter" int not null default 0, "token_hash" text not null, "rotated_at" timestamptz(3) not null, "revoked_at" timestamptz(3) null, "revoked_for" text null, "expires_at" timestamptz(3) not null, "created_at" timestamptz(3) not null default now(), primary key ("id"));`,
    )
    this.addSql(`create index "refresh_family_session_id_index" on "refresh_family" ("session_id");`)
    this.addSql(`create index "refresh_family_user_id_index" on "refresh_family" ("user_id");`)

    this.addSql(
      `create table "session" ("id" text not null, "user_id" text not null, "token" text not null, "expires_at" timestamptz(3) not null, "ip_address" text null, "user_agent" text null, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), primary key ("id"));`,
    )
    this.addSql(`create index "session_user_id_index" on "session" ("user_id");`)
    this.addSql(`alter table "session" add constraint "session_token_unique" unique ("token");`)

    this.addSql(
      `create table "signing_key" ("id" text not null, "public_key" text not null, "private_key" text not null, "created_at" timestamptz(3) not null default now(), "expires_at" timestamptz(3) null, primary key ("id"));`,
    )

    this.addSql(
      `create table "stripe_event" ("id" text not null, "type" text not null, "livemode" boolean not null, "payload" jsonb not null, "state" text not null default 'received', "attempts" int not null default 0, "error" text null, "received_at" timestamptz(3) not null, "handled_at" timestamptz(3) null, primary key ("id"));`,
    )
    this.addSql(`create index "stripe_event_state_received_at_index" on "stripe_event" ("state", "received_at");`)

    this.addSql(
      `create table "subscription" ("tenant_id" text not null, "id" text not null, "stripe_subscription_id" text not null, "customer_id" text not null, "plan_key" text not null, "plan_version_id" text not null, "status" text not null, "current_period_start" timestamptz(3) null, "current_period_end" timestamptz(3) null, "cancel_at_period_end" boolean not null default false, "past_due_at" timestamptz(3) null, "ended_at" timestamptz(3) null, "provider_created_at" timestamptz(3) not null, "fetched_at" timestamptz(3) not null, "created_at" timestamptz(3) not null default now(), primary key ("tenant_id", "id"));`,
    )
    this.addSql(
      `alter table "subscription" add constraint "subscription_stripe_subscription_id_unique" unique ("stripe_subscription_id");`,
    )

    this.addSql(
      `create table "subscription_event" ("tenant_id" text not null, "id" bigint not null default nextval('subscription_event_id'), "subscription_id" text not null, "type" text not null, "before" jsonb null, "after" jsonb not null, "source" text not null, "stripe_event_id" text null, "recorded_at" timestamptz(3) not null, primary key ("tenant_id", "id"));`,
    )

    this.addSql(
      `create table "tenant" ("id" text not null, "name" text not null, "slug" text not null, "personal_of" text null, "status" text not null default 'active', "created_at" timestamptz(3) not null default now(), primary key ("id"));`,
    )
    this.addSql(`alter table "tenant" add constraint "tenant_slug_unique" unique ("slug");`)
    this.addSql(`alter table "tenant" add constraint "tenant_personal_of_unique" unique ("personal_of");`)

    this.addSql(
      `create table "usage_event" ("tenant_id" text not null, "id" text not null, "feature_key" text not null, "amount" bigint not null, "at" timestamptz(3) not null, "received_at" timestamptz(3) not null, "caller_id" text null, "properties" jsonb null, "content_hash" text not null, primary key ("tenant_id", "id"));`,
    )
    this.addSql(`create index "usage_event_tenant_id_feature_key_at_index" on "usage_event" ("tenant_id", "feature_key", "at");`)

    this.addSql(
      `create table "usage_hour" ("tenant_id" text not null, "feature_key" text not null, "hour" timestamptz(3) not null, "caller_id" text not null, "units" bigint not null, primary key ("tenant_id", "feature_key", "hour", "caller_id"));`,
    )

    this.addSql(
      `create table "user" ("id" text not null, "name" text not null, "email" text not null, "email_verified" boolean not null default false, "image" text null, "status" text not null default 'active', "operator_role" text null, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), primary key ("id"));`,
    )
    this.addSql(`alter table "user" add constraint "user_email_unique" unique ("email");`)

    this.addSql(
      `create table "verification" ("id" text not null, "identifier" text not null, "value" text not null, "expires_at" timestamptz(3) not null, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), primary key ("id"));`,
    )
    this.addSql(`create index "verification_identifier_index" on "verification" ("identifier");`)

    this.addSql(`alter table "api_key" enable row level security;`)
    this.addSql(`alter table "api_key" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "api_key" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "api_key" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`alter table "audit_entry" enable row level security;`)
    this.addSql(`alter table "audit_entry" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "audit_entry" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "audit_entry" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(
      `alter table "balance" add constraint "balance_never_over_granted" check (granted is null or consumed + reserved + leased <= granted);`,
    )
    this.addSql(
      `alter table "balance" add constraint "balance_counts_up_from_zero" check (consumed >= 0 and reserved >= 0 and leased >= 0 and consumed <= 9007199254740991);`,
    )
    this.addSql(`alter table "balance" enable row level security;`)
    this.addSql(`alter table "balance" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "balance" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "balance" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`alter table "customer" enable row level security;`)
    this.addSql(`alter table "customer" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "customer" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "customer" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`alter table "decision_log" enable row level security;`)
    this.addSql(`alter table "decision_log" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "decision_log" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "decision_log" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`alter table "entitlement" enable row level security;`)
    this.addSql(`alter table "entitlement" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "entitlement" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "entitlement" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`alter table "invoice" enable row level security;`)
    this.addSql(`alter table "invoice" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "invoice" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "invoice" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`alter table "member" enable row level security;`)
    this.addSql(`alter table "member" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "member" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "member" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`alter table "quota_entry" enable row level security;`)
    this.addSql(`alter table "quota_entry" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "quota_entry" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "quota_entry" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`alter table "quota_request" enable row level security;`)
    this.addSql(`alter table "quota_request" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "quota_request" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "quota_request" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`alter table "subscription" enable row level security;`)
    this.addSql(`alter table "subscription" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "subscription" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "subscription" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`alter table "subscription_event" enable row level security;`)
    this.addSql(`alter table "subscription_event" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "subscription_event" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "subscription_event" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`alter table "tenant" enable row level security;`)
    this.addSql(`alter table "tenant" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "tenant" to "tollkeeper_tenant" using (id = current_setting('app.tenant', true)) with check (id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "tenant" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`alter table "usage_event" enable row level security;`)
    this.addSql(`alter table "usage_event" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "usage_event" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "usage_event" to "tollkeeper_system" using (true) with check (true);`)

    this.addSql(`alter table "usage_hour" enable row level security;`)
    this.addSql(`alter table "usage_hour" force row level security;`)
    this.addSql(
      `create policy "one_tenant" on "usage_hour" to "tollkeeper_tenant" using (tenant_id = current_setting('app.tenant', true)) with check (tenant_id = current_setting('app.tenant', true));`,
    )
    this.addSql(`create policy "the_server_itself" on "usage_hour" to "tollkeeper_system" using (true) with check (true);`)
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "account" cascade;`)
    this.addSql(`drop table if exists "api_key" cascade;`)
    this.addSql(`drop table if exists "audit_entry" cascade;`)
    this.addSql(`drop table if exists "balance" cascade;`)
    this.addSql(`drop table if exists "change" cascade;`)
    this.addSql(`drop table if exists "customer" cascade;`)
    this.addSql(`drop table if exists "decision_log" cascade;`)
    this.addSql(`drop table if exists "device_code" cascade;`)
    this.addSql(`drop table if exists "email_message" cascade;`)
    this.addSql(`drop table if exists "entitlement" cascade;`)
    this.addSql(`drop table if exists "feature" cascade;`)
    this.addSql(`drop table if exists "idempotency_record" cascade;`)
    this.addSql(`drop table if exists "invoice" cascade;`)
    this.addSql(`drop table if exists "login_event" cascade;`)
    this.addSql(`drop table if exists "member" cascade;`)
    this.addSql(`drop table if exists "plan" cascade;`)
    this.addSql(`drop table if exists "plan_entitlement" cascade;`)
    this.addSql(`drop table if exists "plan_version" cascade;`)
    this.addSql(`drop table if exists "provider_price" cascade;`)
    this.addSql(`drop table if exists "quota_entry" cascade;`)
    this.addSql(`drop table if exists "quota_request" cascade;`)
    this.addSql(`drop table if exists "refresh_family" cascade;`)
    this.addSql(`drop table if exists "session" cascade;`)
    this.addSql(`drop table if exists "signing_key" cascade;`)
    this.addSql(`drop table if exists "stripe_event" cascade;`)
    this.addSql(`drop table if exists "subscription" cascade;`)
    this.addSql(`drop table if exists "subscription_event" cascade;`)
    this.addSql(`drop table if exists "tenant" cascade;`)
    this.addSql(`drop table if exists "usage_event" cascade;`)
    this.addSql(`drop table if exists "usage_hour" cascade;`)
    this.addSql(`drop table if exists "user" cascade;`)
    this.addSql(`drop table if exists "verification" cascade;`)
  }
}
