import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import qs from 'qs'
import { ApiError } from '../api/api-error.ts'
import type { Sandbox } from '../sandbox.ts'
import { submitCheckout } from './checkout-actions.ts'
import { checkoutPage } from './checkout-page.ts'
import { submitInvoice } from './invoice-actions.ts'
import { invoicePage } from './invoice-page.ts'
import { invoicePdf } from './invoice-pdf.ts'
import { document, message, type Page } from './layout.ts'
import { submitOverview } from './overview-actions.ts'
import { overviewPage } from './overview-page.ts'
import type { Form, Reply } from './page-reply.ts'
import { submitPortal } from './portal-actions.ts'
import { portalPage } from './portal-page.ts'

type Addressed = FastifyRequest<{ Params: { id: string } }>

/** The pages people open (checkout, portal, invoices) and the sandbox's own overview, as a Fastify plugin. */
export const sandboxPages: FastifyPluginAsync<{ sandbox: Sandbox }> = async (app, { sandbox }) => {
  const { books } = sandbox.ledger
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  app.addHook('onRequest', async (request, reply) => {
    // Nothing but the page's own inline style; and no other site may post here in the person's name.
    reply.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    )
    reply.header('cache-control', 'no-store')
    reply.header('referrer-policy', 'same-origin')
    const from = request.headers['sec-fetch-site']
    if (request.method === 'POST' && from === 'cross-site') {
      throw new ApiError(
        403,
        'invalid_request_error',
        'This form was sent from another site, so nothing was done. Open the page itself and try again.',
      )
    }
    sandbox.settle()
  })

  app.setErrorHandler((error, request, reply) => {
    if (error instanceof ApiError) return show(reply, error.status, message('That did not work', error.message))
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
    sandbox.logger.error(`${request.method} ${request.url} failed in the sandbox itself: ${reason}`)
    return show(reply, 500, message('The sandbox failed', 'Its log says why. Nothing was changed.'))
  })

  app.get('/', (_request, reply) => show(reply, 200, overviewPage(sandbox, null)))
  app.post('/', (request, reply) => answer(reply, submitOverview(sandbox, formOf(request))))

  app.get('/c/pay/:id', ({ params }: Addressed, reply) =>
    show(reply, 200, checkoutPage(books, books.find('checkoutSessions', params.id), null)),
  )
  app.post('/c/pay/:id', (request: Addressed, reply) => answer(reply, submitCheckout(sandbox, request.params.id, formOf(request))))

  app.get('/p/session/:id', ({ params }: Addressed, reply) =>
    show(reply, 200, portalPage(books, books.find('portalSessions', params.id), null)),
  )
  app.post('/p/session/:id', (request: Addressed, reply) =>
    answer(reply, submitPortal(sandbox, request.params.id, formOf(request))),
  )

  app.get('/i/:id', ({ params }: Addressed, reply) => show(reply, 200, invoicePage(books.find('invoices', params.id), null)))
  app.post('/i/:id', ({ params }: Addressed, reply) => answer(reply, submitInvoice(sandbox, params.id)))
  app.get('/i/:id/pdf', ({ params }: Addressed, reply) => {
    const invoice = books.find('invoices', params.id)
    return reply
      .header('content-type', 'application/pdf')
      .header('content-disposition', `inline; filename="invoice-${invoice.number ?? 'draft'}.pdf"`)
      .send(invoicePdf(invoice))
  })
}

function show(reply: FastifyReply, status: number, page: Page): FastifyReply {
  return reply.code(status).header('content-type', 'text/html; charset=utf-8').send(document(page))
}

function answer(reply: FastifyReply, result: Reply): FastifyReply {
  return 'redirect' in result ? reply.redirect(result.redirect, 303) : show(reply, result.status, result.page)
}

function formOf(request: FastifyRequest): Form {
  const fields = qs.parse(String(request.body ?? ''), { depth: 0, parameterLimit: 50, duplicates: 'last' })
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}
