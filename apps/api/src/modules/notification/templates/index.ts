import type { Locale } from '@tollkeeper/shared'
import { alreadyRegistered } from './already-registered.ts'
import { confirmNewEmail } from './confirm-new-email.ts'
import { emailChangeAsked } from './email-change-asked.ts'
import { emailChanged } from './email-changed.ts'
import { impersonated } from './impersonated.ts'
import { type RenderedMail, renderLetter } from './layout/render-letter.ts'
import type { Template } from './letter.ts'
import { newSignIn } from './new-sign-in.ts'
import { passwordChanged } from './password-changed.ts'
import { resetPassword } from './reset-password.ts'
import { signInEnded } from './sign-in-ended.ts'
import { signInMail } from './sign-in-mail.ts'
import { verifyEmail } from './verify-email.ts'
import { wayInChanged } from './way-in-changed.ts'
import { welcome } from './welcome.ts'

/** Every mail there is. */
export const templates = {
  'verify-email': verifyEmail,
  'already-registered': alreadyRegistered,
  welcome,
  'sign-in-ended': signInEnded,
  'reset-password': resetPassword,
  'password-changed': passwordChanged,
  'confirm-new-email': confirmNewEmail,
  'email-change-asked': emailChangeAsked,
  'email-changed': emailChanged,
  'new-sign-in': newSignIn,
  impersonated,
  'sign-in-mail': signInMail,
  'way-in-changed': wayInChanged,
}

export type TemplateName = keyof typeof templates
export type DataOf<Name extends TemplateName> = (typeof templates)[Name] extends Template<infer Data> ? Data : never

/** Writes one mail out. Links begin with `publicUrl`, whatever the request said of its host. */
export function renderMail<Name extends TemplateName>(
  name: Name,
  data: DataOf<Name>,
  publicUrl: string,
  locale: Locale = 'en',
): Promise<RenderedMail> {
  const template: Template<DataOf<Name>> = templates[name] as Template<DataOf<Name>>
  return renderLetter(template[locale](data), publicUrl, locale)
}
