import type { EntityManager } from '@mikro-orm/postgresql'
import type { Locale } from '@tollkeeper/shared'
import { newId } from '../../kernel/new-id.ts'
import { seal } from '../../kernel/seal.ts'
import type { Services } from '../../kernel/services.ts'
import { type DataOf, renderMail, type TemplateName } from './templates/index.ts'

export interface MailOrder<Name extends TemplateName> {
  to: string
  template: Name
  data: DataOf<Name>
  /** English where it is not known. */
  locale?: Locale
  /** Of several orders with the same key one is sent. */
  dedupeKey?: string
}

/** What both bodies are sealed for. */
export const mailBody = 'mail body'

/**
 * Orders a mail in the caller's transaction: it goes out when, and only when, the change it speaks of is committed. Where no
 * SMTP server is set it lies in the development mailbox. May be called in a tenant's transaction as well as in the server's.
 */
export async function enqueueMail<Name extends TemplateName>(
  em: EntityManager,
  { config, publicUrl, secrets, clock }: Services,
  { to, template, data, locale, dedupeKey }: MailOrder<Name>,
): Promise<void> {
  const now = clock.now()
  const { subject, text, html } = await renderMail(template, data, publicUrl, locale)
  const state = config.mail.smtpUrl ? 'queued' : 'mailbox'
  await em.execute(
    `insert into email_message (id, template, recipient, subject, text_body, html_body, dedupe_key, state, created_at, next_attempt_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
    [
      newId('email', now.getTime()),
      template,
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
