import { unseal } from '../../../kernel/seal.ts'
import type { Services } from '../../../kernel/services.ts'
import { mailBody } from '../mail-body.ts'
import { judgeFailure, type Verdict } from './judge-failure.ts'
import { openTransport, type Transport } from './open-transport.ts'
import { holdBackSuppressed, suppress, unsuppress } from './suppression.ts'

export interface MailSender {
  close(): Promise<void>
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
  const transport = openTransport(smtpUrl, services.config.mail.from)
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
      transport.close?.()
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
  await holdBackSuppressed(services)
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
    await giveUpOrPostpone(services, message, error)
    return
  }
  // what was sent is not kept: it may hold links that are keys
  await pool.query(
    `update email_message set state = 'sent', sent_at = $2, text_body = '', html_body = '', error = null where id = $1`,
    [message.id, clock.now()],
  )
  await unsuppress(services, message.recipient)
}

async function giveUpOrPostpone(services: Services, { id, recipient, attempts }: DueMessage, error: unknown): Promise<void> {
  const { pool, clock, logger } = services
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, 300)
  const verdict = judgeFailure(error)
  const state = stateAfter(verdict, attempts)
  logger[state === 'dead' ? 'error' : 'warn']({ mailId: id, attempts, reason, state }, sayings[state])
  if (verdict === 'no_mailbox') await suppress(services, recipient, id, reason)
  await pool.query('update email_message set state = $2, next_attempt_at = $3, error = $4 where id = $1', [
    id,
    state,
    state === 'queued' ? new Date(clock.now().getTime() + pauseAfter(attempts)) : null,
    reason,
  ])
}

const sayings = {
  queued: 'a mail could not be sent yet',
  dead: 'a mail could not be sent and is given up',
  bounced: 'a mail was refused for good',
} as const

function stateAfter(verdict: Verdict, attempts: number): keyof typeof sayings {
  if (verdict !== 'later') return 'bounced'
  return attempts >= MOST_ATTEMPTS ? 'dead' : 'queued'
}

/** Milliseconds until the next attempt: 30 s, 2 min, 8 min, 32 min, then every 2 h. */
export function pauseAfter(attempts: number): number {
  return Math.min(30_000 * 4 ** (attempts - 1), 7_200_000)
}
