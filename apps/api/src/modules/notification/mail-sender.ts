import { createTransport } from 'nodemailer'
import { unseal } from '../../kernel/seal.ts'
import type { Services } from '../../kernel/services.ts'
import { mailBody } from './enqueue-mail.ts'

export interface MailSender {
  close(): Promise<void>
}

/** Hands one message to the next server on its way. */
export interface Transport {
  sendMail(message: { from: string; to: string; subject: string; text: string; html: string; messageId: string }): Promise<unknown>
}

const LOOK_EVERY_MS = 1_000
const AT_ONCE = 10
const MOST_ATTEMPTS = 8
/** How long one attempt may take before another node may try the same message. */
const CLAIM_MS = 120_000

/** Sends what is queued, every second, on as many nodes as there are. Without SMTP_URL there is nothing to do. */
export function startMailSender(services: Services): MailSender {
  const { smtpUrl } = services.config.mail
  if (!smtpUrl) return { close: async () => undefined }
  const transport = createTransport(smtpUrl, { from: services.config.mail.from })
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let round = Promise.resolve()
  const next = () => {
    if (closed) return
    timer = setTimeout(() => {
      round = deliverDue(services, transport)
        .catch((error: unknown) => services.logger.warn({ err: error }, 'mail could not be looked for'))
        .then(next)
    }, LOOK_EVERY_MS)
  }
  next()
  return {
    close: async () => {
      closed = true
      clearTimeout(timer)
      await round
      transport.close()
    },
  }
}

interface DueMessage {
  id: string
  recipient: string
  subject: string
  text_body: string
  html_body: string
  attempts: number
}

/** One round: every message that is due is tried once. A message goes out at least once; its Message-ID is the same each time. */
export async function deliverDue(services: Services, transport: Transport): Promise<void> {
  const now = services.clock.now()
  const { rows } = await services.pool.query<DueMessage>(
    `update email_message set attempts = attempts + 1, next_attempt_at = $2
     where id in (
       select id from email_message where state = 'queued' and next_attempt_at <= $1
       order by next_attempt_at limit $3 for update skip locked)
     returning id, recipient, subject, text_body, html_body, attempts`,
    [now, new Date(now.getTime() + CLAIM_MS), AT_ONCE],
  )
  await Promise.all(rows.map((message) => deliver(services, transport, message)))
}

async function deliver(services: Services, transport: Transport, message: DueMessage): Promise<void> {
  const { config, secrets, pool, clock, publicUrl } = services
  try {
    await transport.sendMail({
      from: config.mail.from,
      to: message.recipient,
      subject: message.subject,
      text: unseal(secrets.seal, mailBody, message.text_body),
      html: unseal(secrets.seal, mailBody, message.html_body),
      messageId: `<${message.id}@${new URL(publicUrl).hostname}>`,
    })
  } catch (error) {
    await postpone(services, message, error)
    return
  }
  // what was sent is not kept: it may hold links that are keys
  await pool.query(
    `update email_message set state = 'sent', sent_at = $2, text_body = '', html_body = '', error = null where id = $1`,
    [message.id, clock.now()],
  )
}

async function postpone({ pool, clock, logger }: Services, { id, attempts }: DueMessage, error: unknown): Promise<void> {
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, 300)
  const dead = attempts >= MOST_ATTEMPTS
  logger[dead ? 'error' : 'warn'](
    { mailId: id, attempts, reason },
    dead ? 'a mail could not be sent and is given up' : 'a mail could not be sent yet',
  )
  await pool.query('update email_message set state = $2, next_attempt_at = $3, error = $4 where id = $1', [
    id,
    dead ? 'dead' : 'queued',
    dead ? null : new Date(clock.now().getTime() + pauseAfter(attempts)),
    reason,
  ])
}

/** Milliseconds until the next attempt: 30 s, 2 min, 8 min, 32 min, then every 2 h. */
export function pauseAfter(attempts: number): number {
  return Math.min(30_000 * 4 ** (attempts - 1), 7_200_000)
}
