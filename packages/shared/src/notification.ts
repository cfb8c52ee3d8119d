import { z } from 'zod'
import { idOf } from './id.ts'
import { PageInput, pageOf } from './paging.ts'
import { Instant } from './time.ts'

/** A message as the development mailbox shows it. */
export const MailboxMessage = z.strictObject({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  at: Instant,
})
export type MailboxMessage = z.infer<typeof MailboxMessage>
export const Mailbox = z.array(MailboxMessage)

/**
 * What became of a mail: it waits; it was sent; eight attempts failed; its recipient's server refused it for good; it was held back,
 * as the address takes none; it lies in the development mailbox.
 */
export const MailState = z.enum(['queued', 'sent', 'dead', 'bounced', 'suppressed', 'mailbox'])
export type MailState = z.infer<typeof MailState>

export const MailSearchInput = PageInput.extend({
  search: z.string().trim().max(200).optional().describe('Part of an id, a recipient or the name of a template.'),
  state: MailState.optional(),
})
export type MailSearchInput = z.infer<typeof MailSearchInput>

/** A mail without what it says. */
export const MailView = z
  .strictObject({
    id: idOf('email'),
    template: z.string(),
    to: z.string(),
    userId: z.string().nullable(),
    subject: z.string(),
    state: MailState,
    security: z.boolean().describe('Sent whatever the person has chosen, and to addresses that refused mail before.'),
    attempts: z.int(),
    error: z.string().nullable().describe('What the mail server answered last.'),
    createdAt: Instant,
    nextAttemptAt: Instant.nullable(),
    sentAt: Instant.nullable(),
  })
  .meta({ id: 'Mail' })
export const MailPage = pageOf(MailView).extend({
  byState: z.record(z.string(), z.int()).describe('How many mails there are in each state, whatever was searched for.'),
})
export type MailPage = z.infer<typeof MailPage>
export const MailIdInput = z.strictObject({ id: idOf('email') })

/** An address whose server said that it takes no mail. */
export const Suppression = z
  .strictObject({ address: z.string(), reason: z.string(), since: Instant })
  .meta({ id: 'MailSuppression' })
export type Suppression = z.infer<typeof Suppression>
export const SuppressedAddressInput = z.strictObject({ address: z.string().trim().min(3).max(254) })
