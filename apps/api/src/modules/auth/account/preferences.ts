import { UserPreference } from '@tollkeeper/db'
import { Locale, type Preferences, type PreferencesInput, Theme } from '@tollkeeper/shared'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { writeAudit } from '../../audit/index.ts'

const unchosen: Preferences = {
  locale: 'en',
  timeZone: 'UTC',
  theme: 'system',
  notifications: { newSignIn: true, keyIssued: true, quota: true, billing: true, receipt: true },
}

/** What the caller has chosen, and what holds where they have not. */
export function readPreferences({ services, caller }: UserContext): Promise<Preferences> {
  return inSystem(services, async (em) => toPreferences(await em.findOne(UserPreference, { userId: caller.userId })))
}

/** Changes what is named and leaves the rest. */
export function changePreferences({ services, caller, requestId }: UserContext, input: PreferencesInput): Promise<Preferences> {
  return inSystemTransaction(services, async ({ em, now }) => {
    const { userId } = caller
    const held = toPreferences(await em.findOne(UserPreference, { userId }))
    const { locale, timeZone, theme } = { ...held, ...input }
    const notifications = { ...held.notifications, ...input.notifications }
    await em.upsert(UserPreference, {
      userId,
      locale,
      timeZone,
      theme,
      newSignInMail: notifications.newSignIn,
      keyIssuedMail: notifications.keyIssued,
      quotaMail: notifications.quota,
      billingMail: notifications.billing,
      receiptMail: notifications.receipt,
      updatedAt: now,
    })
    writeAudit(em, { tenantId: null, action: 'user.preferences_changed', target: userId, caller, requestId, at: now })
    return { locale, timeZone, theme, notifications }
  })
}

export function toPreferences(row: UserPreference | null): Preferences {
  if (!row) return unchosen
  return {
    locale: Locale.parse(row.locale),
    timeZone: row.timeZone,
    theme: Theme.parse(row.theme),
    notifications: {
      newSignIn: row.newSignInMail,
      keyIssued: row.keyIssuedMail,
      quota: row.quotaMail,
      billing: row.billingMail,
      receipt: row.receiptMail,
    },
  }
}
