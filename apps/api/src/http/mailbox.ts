import type { MailboxMessage } from '@tollkeeper/shared'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { AppError } from '../kernel/app-error.ts'
import type { Services } from '../kernel/services.ts'
import { listMailbox, readMailboxMessage } from '../modules/notification/index.ts'
import { listPage, messagePage } from './mailbox-page.ts'

/** GET /dev/mailbox, /dev/mailbox/{id} and /dev/mailbox.json: every mail that would have been sent. Never registered in production. */
export function mailbox(services: Services) {
  return (app: FastifyInstance, _options: object, done: () => void) => {
    app.get('/dev/mailbox.json', async (_request, reply) => {
      const messages: MailboxMessage[] = await listMailbox(services)
      return reply.header('cache-control', 'no-store').send(messages)
    })
    app.get('/dev/mailbox', async (_request, reply) => sendPage(reply, listPage(await listMailbox(services))))
    app.get<{ Params: { id: string } }>('/dev/mailbox/:id', async (request, reply) => {
      const message = await readMailboxMessage(services, request.params.id)
      if (!message) throw new AppError('route.not_found', { detail: 'There is no such message in the mailbox.' })
      return sendPage(reply, messagePage(message))
    })
    done()
  }
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  // links in a message carry tokens: the page they lead to must not pass them on
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .send(page)
}
