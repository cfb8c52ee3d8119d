import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ErrorCode, errorTable } from '@tollkeeper/shared'

/** A refusal in the server's own words. */
export class Refusal extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode) {
    super(errorTable[code].title)
    this.code = code
  }
}

export interface Call {
  path: string
  input: unknown
  bearer: string | null
}

export interface ScriptedServer extends AsyncDisposable {
  url: string
  calls: Call[]
  /** Answers of procedures by their path; what is not here is answered like an unknown route. */
  script: Record<string, (call: Call) => unknown>
}

/**
 * Speaks the server's wire format with answers a test chooses: for what a real server does not do on demand, such as ending a
 * session in the middle of a call. What the real server does is tested against the real server.
 */
export async function startScriptedServer(script: ScriptedServer['script'] = {}): Promise<ScriptedServer> {
  const calls: Call[] = []
  const scripted: Pick<ScriptedServer, 'script'> = { script }
  const server = createServer(async (request, reply) => {
    const url = new URL(request.url ?? '/', 'http://scripted')
    const send = (status: number, body: unknown) => {
      reply.writeHead(status, { 'content-type': 'application/json' })
      reply.end(JSON.stringify(body))
    }
    if (url.pathname === '/healthz') return send(200, { status: 'alive', version: '9.9.9' })
    const path = url.pathname.replace('/trpc/', '')
    const body = request.method === 'POST' ? await readBody(request) : url.searchParams.get('input')
    const call = {
      path,
      input: body ? JSON.parse(body) : undefined,
      bearer: request.headers.authorization?.replace('Bearer ', '') ?? null,
    }
    calls.push(call)
    try {
      const answer = scripted.script[path]
      if (!answer) throw new Refusal('route.not_found')
      send(200, { result: { data: await answer(call) } })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const { status, next, title } = errorTable[error.code]
      const data = { code: error.code, status, httpStatus: status, next, requestId: 'req_scripted' }
      send(status, { error: { message: title, code: -32600, data } })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(scripted, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}
