import type { FastifyInstance } from 'fastify'
import type { Services } from '../kernel/services.ts'
import { receiveEvent } from '../modules/billing/index.ts'

/** Stripe's events are far smaller; whoever sends more is not Stripe. */
const BODY_LIMIT_BYTES = 512 * 1024

/**
 * POST /webhooks/stripe. The signature is over the bytes as they came, so this plugin reads them raw, whatever their type. It
 * answers 200 only for what is stored; anything else makes Stripe send it again.
 */
export function stripeWebhook(services: Services) {
  return (app: FastifyInstance, _options: object, done: () => void) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES }, (_request, body, parsed) =>
      parsed(null, body),
    )
    app.post('/webhooks/stripe', { bodyLimit: BODY_LIMIT_BYTES }, async (request, reply) => {
      const signature = request.headers['stripe-signature']
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      await receiveEvent(services, body, typeof signature === 'string' ? signature : '')
      return reply.header('cache-control', 'no-store').send({ received: true })
    })
    done()
  }
}
