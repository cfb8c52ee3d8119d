import type { FastifyInstance } from 'fastify'

const EVERY_MS = 50

/**
 * While the server closes, a connection is closed as soon as its answer is sent. Fastify closes idle ones once, at the beginning;
 * one that was answering just then would keep the server from closing until its keep-alive time is over, more than a minute.
 */
export function closeIdleConnections(app: FastifyInstance): void {
  app.addHook('preClose', (done) => {
    if (app.server.listening) {
      const sweep = setInterval(() => app.server.closeIdleConnections(), EVERY_MS)
      app.server.once('close', () => clearInterval(sweep))
    }
    done()
  })
}
