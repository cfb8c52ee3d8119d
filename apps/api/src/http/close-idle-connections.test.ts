import { Agent, get } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { closeIdleConnections } from './close-idle-connections.ts'

test('a server that closes while it answers over a kept connection closes once the answer is sent, and the answer arrives', async () => {
  const app = Fastify({ forceCloseConnections: 'idle', keepAliveTimeout: 72_000 })
  closeIdleConnections(app)
  app.get('/', async (_request, reply) => {
    // the head is out, and says that the connection stays, before the closing begins
    reply.raw.writeHead(200, { connection: 'keep-alive', 'content-length': '4' })
    reply.raw.flushHeaders()
    reply.hijack()
    await sleep(300)
    reply.raw.end('done')
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const agent = new Agent({ keepAlive: true })
  const answer = ask(url, agent)
  await sleep(100)
  await app.close()
  expect(await answer).toBe('done')
  agent.destroy()
}, 10_000)

/** By a client that would keep its connection for ever. */
function ask(url: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => text(response).then(resolve, reject)).on('error', reject)
  })
}
