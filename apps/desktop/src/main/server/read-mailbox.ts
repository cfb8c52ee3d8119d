import { Mailbox } from '@tollkeeper/shared'
import type { MailboxMessage } from '../../bridge/channels.ts'
import { failed } from '../console-error.ts'
import { readJson } from './read-json.ts'
import { serverFetch } from './server-fetch.ts'

/**
 * The development mailbox, newest first; null when the server has none, as in production.
 * @throws ConsoleError console.server_…, console.not_tollkeeper
 */
export async function readMailbox(url: string): Promise<MailboxMessage[] | null> {
  const response = await serverFetch(`${url}/dev/mailbox.json`)
  if (response.status === 404) return null
  const mailbox = Mailbox.safeParse(response.ok ? await readJson(response) : null)
  if (!mailbox.success) throw failed('console.not_tollkeeper', `(/dev/mailbox.json answered ${response.status})`)
  return mailbox.data
}
