import { EmailMessage } from '@tollkeeper/db'
import type { MailboxMessage } from '@tollkeeper/shared'
import { inSystem } from '../../kernel/in-transaction.ts'
import { unseal } from '../../kernel/seal.ts'
import type { Services } from '../../kernel/services.ts'
import { mailBody } from './mail-body.ts'

const SHOWN = 200

/** What would have been sent, newest first. Only messages that were written while no SMTP server was set. */
export async function listMailbox(services: Services): Promise<MailboxMessage[]> {
  const messages = await inSystem(services, (em) =>
    em.find(EmailMessage, { state: 'mailbox' }, { orderBy: { createdAt: 'desc', id: 'desc' }, limit: SHOWN }),
  )
  return messages.map((message) => toMailboxMessage(services, message))
}

export async function readMailboxMessage(services: Services, id: string): Promise<MailboxMessage | null> {
  const message = await inSystem(services, (em) => em.findOne(EmailMessage, { id, state: 'mailbox' }))
  return message ? toMailboxMessage(services, message) : null
}

function toMailboxMessage(services: Services, { id, to, subject, text, html, createdAt }: EmailMessage): MailboxMessage {
  return { id, to, subject, text: opened(services, text), html: opened(services, html), at: createdAt.toISOString() }
}

/** A message of before the server's secret was changed cannot be read any more; the others still can. */
function opened({ secrets, logger }: Services, body: string): string {
  try {
    return unseal(secrets.seal, mailBody, body)
  } catch (error) {
    logger.warn({ err: error }, 'a message in the development mailbox cannot be opened')
    return 'This message was written with another TOLLKEEPER_SECRET and cannot be opened.'
  }
}
