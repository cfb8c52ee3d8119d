import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import Stripe from 'stripe'

export const webhookSecret = 'whsec_the_receiver_and_the_sandbox_share_this'

export interface Received {
  event: Stripe.Event
  signature: string
  body: string
}

/** An endpoint like an app's: verifies each signature with the official SDK and keeps what came, in the order it came. */
export async function startReceiver() {
  const received: Received[] = []
  let failures = 0
  let secret = webhookSecret
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const signature = String(request.headers['stripe-signature'])
    if (failures > 0) {
      failures -= 1
      response.writeHead(500).end()
      return
    }
    try {
      received.push({ event: Stripe.webhooks.constructEvent(body, signature, secret), signature, body })
      response.writeHead(200).end()
    } catch (error) {
      response.writeHead(400).end(String(error))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/webhooks`,
    received,
    useSecret: (other: string) => {
      secret = other
    },
    types: () => received.map(({ event }) => event.type),
    failNext: (count: number) => {
      failures = count
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
