import type { EntityManager } from '@mikro-orm/postgresql'
import { UserPreference } from '@tollkeeper/db'
import { Locale } from '@tollkeeper/shared'

/** How somebody wants to be written to. */
export interface Reader {
  locale: Locale
  timeZone: string
}

/** What the person has chosen; English and UTC where they have not. Only in the server's own transactions. */
export async function readerOf(em: EntityManager, userId: string): Promise<Reader> {
  const chosen = await em.findOne(UserPreference, { userId })
  return chosen ? { locale: Locale.parse(chosen.locale), timeZone: chosen.timeZone } : { locale: 'en', timeZone: 'UTC' }
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
