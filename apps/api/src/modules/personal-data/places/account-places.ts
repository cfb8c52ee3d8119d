import type { Place } from './place.ts'

const ofUser = (table: string) => `delete from ${table} where user_id = :userId`

/** Who they are and how they come in. */
export const accountPlaces: Record<string, Place> = {
  user: {
    read: `select id, name, email, email_verified, status, created_at, updated_at, delete_after from "user" where id = :userId`,
    erase: `update "user" set name = '', email = 'erased.' || id || '@erased.invalid', email_verified = false, image = null,
      status = 'erased', status_reason = null, operator_role = null, delete_after = null, erased_at = :now, updated_at = :now
      where id = :userId`,
  },
  user_preference: {
    read: `select locale, time_zone, theme, new_sign_in_mail, key_issued_mail, quota_mail, billing_mail, receipt_mail, updated_at
      from user_preference where user_id = :userId`,
    erase: ofUser('user_preference'),
  },
  avatar: {
    read: `select 'image/webp' as type, encode(image, 'base64') as base64, updated_at from avatar where user_id = :userId`,
    erase: ofUser('avatar'),
  },
  account: {
    read: `select provider_id, account_id, scope, created_at, updated_at from account where user_id = :userId`,
    erase: ofUser('account'),
  },
  session: {
    read: `select id, ip_address, user_agent, created_at, updated_at, expires_at from session
      where user_id = :userId and impersonator_id is null`,
    pagedBy: ['id'],
    erase: ofUser('session'),
  },
  refresh_family: {
    read: `select id, session_id, created_at, rotated_at, revoked_at, revoked_for, expires_at from refresh_family where user_id = :userId`,
    pagedBy: ['id'],
    erase: ofUser('refresh_family'),
  },
  totp_factor: {
    read: 'select confirmed_at, created_at from totp_factor where user_id = :userId',
    erase: ofUser('totp_factor'),
  },
  backup_code: {
    read: 'select created_at from backup_code where user_id = :userId',
    erase: ofUser('backup_code'),
  },
  passkey_factor: {
    read: 'select created_at from passkey_factor where user_id = :userId',
    erase: ofUser('passkey_factor'),
  },
  step_up_code: { erase: ofUser('step_up_code') },
  sign_in_challenge: { erase: ofUser('sign_in_challenge') },
  device_code: {
    read: 'select status, client_id, expires_at from device_code where user_id = :userId',
    erase: ofUser('device_code'),
  },
  passkey: {
    read: 'select name, transports, backed_up, created_at, last_used_at from passkey where user_id = :userId order by id',
    erase: ofUser('passkey'),
  },
  passkey_challenge: { erase: ofUser('passkey_challenge') },
  provider_attempt: { erase: ofUser('provider_attempt') },
  mail_sign_in: { erase: 'delete from mail_sign_in where email = :email' },
  registration: { erase: 'delete from registration where email = :email' },
  verification: {
    erase: `delete from verification where position(:email in identifier || ' ' || value) > 0 or position(:userId in identifier || ' ' || value) > 0`,
  },
  mail_token: {
    read: 'select purpose, created_at, expires_at from mail_token where user_id = :userId order by id',
    erase: ofUser('mail_token'),
  },
}
