import type { Locale } from '@tollkeeper/shared'
import { confirmNewEmail } from './account/confirm-new-email.ts'
import { deletionCancelled } from './account/deletion-cancelled.ts'
import { deletionScheduled } from './account/deletion-scheduled.ts'
import { emailChangeAsked } from './account/email-change-asked.ts'
import { emailChanged } from './account/email-changed.ts'
import { impersonated } from './account/impersonated.ts'
import { secondFactorChanged } from './account/second-factor-changed.ts'
import { paymentFailed } from './billing/payment-failed.ts'
import { receipt } from './billing/receipt.ts'
import { trialEnding } from './billing/trial-ending.ts'
import type { RenderedMail } from './layout/render-letter.ts'
import type { Template } from './letter.ts'
import { alreadyRegistered } from './sign-in/already-registered.ts'
import { newSignIn } from './sign-in/new-sign-in.ts'
import { passwordChanged } from './sign-in/password-changed.ts'
import { resetPassword } from './sign-in/reset-password.ts'
import { signInEnded } from './sign-in/sign-in-ended.ts'
import { signInMail } from './sign-in/sign-in-mail.ts'
import { stepUpCode } from './sign-in/step-up-code.ts'
import { verifyEmail } from './sign-in/verify-email.ts'
import { wayInChanged } from './sign-in/way-in-changed.ts'
import { welcome } from './sign-in/welcome.ts'
import { invitation } from './tenant/invitation.ts'
import { keyIssued } from './tenant/key-issued.ts'
import { quotaNear } from './tenant/quota-near.ts'
import { quotaReached } from './tenant/quota-reached.ts'

/** Every mail there is, by the name under which it is ordered. */
export const templates = {
  'already-registered': alreadyRegistered,
  'new-sign-in': newSignIn,
  'password-changed': passwordChanged,
  'reset-password': resetPassword,
  'sign-in-mail': signInMail,
  'sign-in-ended': signInEnded,
  'step-up-code': stepUpCode,
  'verify-email': verifyEmail,
  'way-in-changed': wayInChanged,
  welcome,
  'confirm-new-email': confirmNewEmail,
  'deletion-cancelled': deletionCancelled,
  'deletion-scheduled': deletionScheduled,
  'email-change-asked': emailChangeAsked,
  'email-changed': emailChanged,
  impersonated,
  'second-factor-changed': secondFactorChanged,
  invitation,
  'key-issued': keyIssued,
  'quota-near': quotaNear,
  'quota-reached': quotaReached,
  'payment-failed': paymentFailed,
  receipt,
  'trial-ending': trialEnding,
}

export type TemplateName = keyof typeof templates
export type DataOf<Name extends TemplateName> = (typeof templates)[Name] extends Template<infer Data> ? Data : never

/** Writes one mail out. Links begin with `publicUrl`, whatever the request said of its host. */
export async function renderMail<Name extends TemplateName>(
  name: Name,
  data: DataOf<Name>,
  publicUrl: string,
  locale: Locale = 'en',
): Promise<RenderedMail> {
  const template: Template<DataOf<Name>> = templates[name] as Template<DataOf<Name>>
  // React takes memory that a server needs only once it writes a mail
  const { renderLetter } = await import('./layout/render-letter.ts')
  return renderLetter(template[locale](data), publicUrl, locale)
}
