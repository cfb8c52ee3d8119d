import { z } from 'zod'
import { Email, NewPassword, PersonName } from './auth.ts'
import { idOf } from './id.ts'
import { Instant } from './time.ts'

/** The languages mails are written in. */
export const Locale = z.enum(['en', 'zh'])
export type Locale = z.infer<typeof Locale>

/** A place of the IANA time zone database, as this runtime knows it. */
export const TimeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, 'must be a time zone of the IANA database, such as Europe/Zurich')
  .meta({ examples: ['Europe/Zurich'] })

export const Theme = z.enum(['system', 'light', 'dark'])

/** Mails a person can do without. What concerns their safety is sent in any case. */
export const NotificationChoices = z.strictObject({
  newSignIn: z.boolean().describe('A mail when somebody signs in from a device or network not seen before.'),
  keyIssued: z.boolean().describe('A mail when an API key is issued in a tenant you may issue keys in.'),
  quota: z.boolean().describe('A mail when a tenant you manage has used 80 % and all of a quota.'),
  billing: z.boolean().describe('A mail when a payment fails or a trial ends, in a tenant you pay for.'),
  receipt: z.boolean().describe('A receipt for each payment of a tenant you pay for.'),
})
export type NotificationChoices = z.infer<typeof NotificationChoices>

export const Preferences = z
  .strictObject({ locale: Locale, timeZone: TimeZone, theme: Theme, notifications: NotificationChoices })
  .meta({ id: 'Preferences' })
export type Preferences = z.infer<typeof Preferences>

/** What is left out stays as it is. */
export const PreferencesInput = Preferences.extend({ notifications: NotificationChoices.partial() }).partial()
export type PreferencesInput = z.infer<typeof PreferencesInput>

/** One request is at most 1 MiB, so a picture is at most about 700 kB. */
export const AvatarInput = z.strictObject({
  image: z
    .base64()
    .min(1)
    .max(960_000)
    .describe('A PNG, JPEG, WebP or GIF in base64, of at most 24 megapixels. It is cut to a square and drawn anew.')
    .meta({ examples: ['iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='] }),
})

export const ProfileInput = z.strictObject({ name: PersonName })

/** Typed, so that nobody deletes an account by a slip of the hand. */
export const RequestDeletionInput = z.strictObject({ email: Email.describe('The address of the account.') })
export type RequestDeletionInput = z.infer<typeof RequestDeletionInput>
export const DeletionScheduled = z.strictObject({ deletesAt: Instant })
export type DeletionScheduled = z.infer<typeof DeletionScheduled>

/** Everything that is held about a person, by the table it stands in: what their export is once it is whole. */
export const PersonalData = z
  .strictObject({
    person: idOf('user'),
    at: Instant,
    data: z.record(z.string(), z.array(z.record(z.string(), z.json()))).describe('Rows by the name of their table.'),
  })
  .meta({ id: 'PersonalData' })
export type PersonalData = z.infer<typeof PersonalData>

/** What a person's own account page needs beside `Me`. */
export const AccountView = z
  .strictObject({
    hasPassword: z.boolean().describe('False for who came by a provider and has set none.'),
    pendingEmail: z.string().nullable().describe('The address that waits for its proof.'),
    preferences: Preferences,
  })
  .meta({ id: 'Account' })
export type AccountView = z.infer<typeof AccountView>

const MailedToken = z.string().min(1).max(512)
const CurrentPassword = z.string().min(1).max(1024)

/** The same answer whether or not there is such an account. */
export const CheckYourMail = z.strictObject({ status: z.literal('check_your_mail') })
export type CheckYourMail = z.infer<typeof CheckYourMail>

export const ForgotPasswordInput = z.strictObject({ email: Email })
export const ResetPasswordInput = z.strictObject({ token: MailedToken, password: NewPassword })
export type ResetPasswordInput = z.infer<typeof ResetPasswordInput>
export const ConfirmRegistrationInput = z.strictObject({ token: MailedToken, password: CurrentPassword })
export const ChangePasswordInput = z.strictObject({ currentPassword: CurrentPassword, newPassword: NewPassword })
export type ChangePasswordInput = z.infer<typeof ChangePasswordInput>
export const SetPasswordInput = z.strictObject({ newPassword: NewPassword })
export const ChangeEmailInput = z.strictObject({ email: Email, password: CurrentPassword })
export type ChangeEmailInput = z.infer<typeof ChangeEmailInput>
export const MailedTokenInput = z.strictObject({ token: MailedToken })

/** Whose password a mailed link has set. */
export const PasswordReset = z.strictObject({ email: z.string() })
export const EmailChanged = z.strictObject({ email: z.string() })

function isTimeZone(name: string): boolean {
  // an offset such as +02:00 is accepted by Intl, but is no place
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
