import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Received {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: Record<string, unknown>
  /** Requests on one connection share it. */
  connection: number
}

/** What the server does with one request. */
export type Deed = (response: ServerResponse) => void

export interface ScriptedServer extends AsyncDisposable {
  url: string
  received: Received[]
}

/** A server on a real socket that does one deed for each request, in order, and the last one from then on. */
export async function startScriptedServer(...deeds: [Deed, ...Deed[]]): Promise<ScriptedServer> {
  const received: Received[] = []
  const connections: unknown[] = []
  const server = createServer(async (request, response) => {
    if (!connections.includes(request.socket)) connections.push(request.socket)
    const body = await text(request)
    received.push({
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: body === '' ? {} : JSON.parse(body),
      connection: connections.indexOf(request.socket),
    })
    const deed = deeds[Math.min(received.length, deeds.length) - 1] as Deed
    deed(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export function answers(body: object, status = 200, headers: Record<string, string> = {}): Deed {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }
}

export function refuses(
  problem: { status: number; code: string; [member: string]: unknown },
  headers: Record<string, string> = {},
): Deed {
  return answers(problem, problem.status, { 'content-type': 'application/problem+json', ...headers })
}

/** The request has arrived and may have been carried out; its answer never comes. */
export const losesTheAnswer: Deed = (response) => {
  response.destroy()
}

export const hangs: Deed = () => undefined
