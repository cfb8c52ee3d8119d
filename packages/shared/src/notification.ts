import { z } from 'zod'
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
