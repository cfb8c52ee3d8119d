import type { EntityManager } from '@mikro-orm/postgresql'
import type { Locale } from '@tollkeeper/shared'
import { newId } from '../../kernel/new-id.ts'
import { seal } from '../../kernel/seal.ts'
import type { Services } from '../../kernel/services.ts'
import { mailBody } from './mail-body.ts'
import { type DataOf, renderMail, type TemplateName, templates } from './templates/index.ts'

export interface MailOrder<Name extends TemplateName> {
  to: string
  /** Whose account it is about, where there is one: what is written to a person is deleted with them. */
  userId?: string
  template: Name
  data: DataOf<Name>
  /** English where it is not known. */
  locale?: Locale
  /** Of several orders with the same key one is sent. */
  dedupeKey?: string
}

/**
 * Orders a mail in the caller's transaction: it goes out when, and only when, the change it speaks of is committed. Where no
 * SMTP server is set it lies in the development mailbox. May be called in a tenant's transaction as well as in the server's.
 */
export async function enqueueMail<Name extends TemplateName>(
  em: EntityManager,
  { config, publicUrl, secrets, clock }: Services,
  { to, userId, template, data, locale, dedupeKey }: MailOrder<Name>,
): Promise<void> {
  const now = clock.now()
  const { subject, text, html } = await renderMail(template, data, publicUrl, locale)
  const state = config.mail.smtpUrl ? 'queued' : 'mailbox'
  await em.execute(
    `insert into email_message
       (id, template, user_id, security, recipient, subject, text_body, html_body, dedupe_key, state, created_at, next_attempt_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
    [
      newId('email', now.getTime()),
      template,
      userId ?? null,
      templates[template].about === 'security',
      to,
      subject,
      seal(secrets.seal, mailBody, text),
      seal(secrets.seal, mailBody, html),
      dedupeKey ?? null,
      state,
      now,
      state === 'queued' ? now : null,
    ],
  )
}
