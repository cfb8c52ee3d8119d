import type { MailPage, MailSearchInput } from '@tollkeeper/shared'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystem } from '../../../kernel/in-transaction.ts'
import { searchPattern } from '../../../kernel/search-pattern.ts'

interface MailRow {
  id: string
  template: string
  recipient: string
  user_id: string | null
  subject: string
  state: MailPage['rows'][number]['state']
  security: boolean
  attempts: number
  error: string | null
  created_at: Date | string
  next_attempt_at: Date | string | null
  sent_at: Date | string | null
}

/** Mails, newest first, by whom they go to and what became of them. Never what they say: the links in them are keys. */
export async function listMails({ services }: UserContext, { search, state, limit, cursor }: MailSearchInput): Promise<MailPage> {
  const pattern = searchPattern(search)
  const where = `(?::text is null or id ilike ? or recipient ilike ? or template ilike ?) and (?::text is null or state = ?)`
  const matching = [pattern, pattern, pattern, pattern, state ?? null, state ?? null]
  return inSystem(services, async (em) => {
    const rows = await em.execute<MailRow[]>(
      `select id, template, recipient, user_id, subject, state, security, attempts, error, created_at, next_attempt_at, sent_at
       from email_message where ${where} and (?::text is null or id < ?) order by id desc limit ?`,
      [...matching, cursor ?? null, cursor ?? null, limit + 1],
    )
    const counted = await em.execute<{ state: string; total: number }[]>(
      'select state, count(*)::int as total from email_message group by state',
    )
    return {
      rows: rows.slice(0, limit).map(toMailView),
      nextCursor: rows.length > limit ? rows[limit - 1]!.id : null,
      byState: Object.fromEntries(counted.map(({ state: name, total }) => [name, total])),
    }
  })
}

function toMailView(row: MailRow): MailPage['rows'][number] {
  return {
    id: row.id,
    template: row.template,
    to: row.recipient,
    userId: row.user_id,
    subject: row.subject,
    state: row.state,
    security: row.security,
    attempts: row.attempts,
    error: row.error,
    createdAt: new Date(row.created_at).toISOString(),
    nextAttemptAt: row.next_attempt_at && new Date(row.next_attempt_at).toISOString(),
    sentAt: row.sent_at && new Date(row.sent_at).toISOString(),
  }
}
