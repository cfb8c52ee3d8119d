import type { EntityManager } from '@mikro-orm/postgresql'
import { Locale, type NotificationChoices } from '@tollkeeper/shared'

/** How somebody wants to be written to. */
export interface Reader {
  locale: Locale
  timeZone: string
}

/** Somebody a mail can go to: their address is proved and they are not suspended. */
export interface Addressee extends Reader {
  userId: string
  name: string
  email: string
  wants: NotificationChoices
}

interface ReaderRow {
  id: string
  name: string
  email: string
  locale: string | null
  time_zone: string | null
  new_sign_in_mail: boolean | null
  key_issued_mail: boolean | null
  quota_mail: boolean | null
  billing_mail: boolean | null
  receipt_mail: boolean | null
}

/** What the person has chosen; English and UTC where they have not. */
export async function readerOf(em: EntityManager, userId: string): Promise<Reader> {
  const [chosen] = await em.execute<{ locale: string; time_zone: string }[]>(
    'select locale, time_zone from user_preference where user_id = ?',
    [userId],
  )
  return chosen ? { locale: Locale.parse(chosen.locale), timeZone: chosen.time_zone } : { locale: 'en', timeZone: 'UTC' }
}

/** The people among some who can be written to. In a tenant's transaction, those who are its members. */
export async function addresseesAmong(em: EntityManager, userIds: readonly string[]): Promise<Addressee[]> {
  if (userIds.length === 0) return []
  const rows = await em.execute<ReaderRow[]>(
    `select u.id, u.name, u.email, p.locale, p.time_zone, p.new_sign_in_mail, p.key_issued_mail, p.quota_mail, p.billing_mail, p.receipt_mail
     from "user" u left join user_preference p on p.user_id = u.id
     where u.id in (${userIds.map(() => '?').join(', ')}) and u.status = 'active' and u.email_verified order by u.id`,
    [...userIds],
  )
  return rows.map(toAddressee)
}

function toAddressee(row: ReaderRow): Addressee {
  return {
    userId: row.id,
    name: row.name,
    email: row.email,
    locale: Locale.parse(row.locale ?? 'en'),
    timeZone: row.time_zone ?? 'UTC',
    wants: {
      newSignIn: row.new_sign_in_mail ?? true,
      keyIssued: row.key_issued_mail ?? true,
      quota: row.quota_mail ?? true,
      billing: row.billing_mail ?? true,
      receipt: row.receipt_mail ?? true,
    },
  }
}

/** An instant as the reader's clock shows it, with the zone said. */
export function writeInstant({ locale, timeZone }: Reader, at: Date): string {
  return new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  })
    .format(at)
    .concat(` (${timeZone})`)
}
