import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import type { FakeAnswers } from './answers.ts'
import { Refusal } from './refusal.ts'

/** The content policy of the real server, so that what it would forbid fails here too. */
const policy = [
  "default-src 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "script-src 'self'",
  "connect-src 'self'",
].join('; ')

const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

export interface FakeServer extends AsyncDisposable {
  url: string
  /** What is answered from now on. */
  answer: (answers: FakeAnswers) => void
  /** How a file of the API is sent from now on, by its path under /api/v1. */
  send: (path: string, send: (response: ServerResponse) => void) => void
}

/** Serves the built client as the real server does, with answers made up for one screen state. Only for states a real server is hard to bring into. */
export async function startFakeServer(folder: string): Promise<FakeServer> {
  let answers: FakeAnswers = {}
  const files = new Map<string, (response: ServerResponse) => void>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake')
    if (url.pathname.startsWith('/trpc/')) return void answerCalls(answers, url, request, response)
    if (url.pathname.startsWith('/assets/')) return sendFile(folder, url.pathname, response)
    const file = files.get(url.pathname.replace('/api/v1', ''))
    if (file) return file(response)
    if (url.pathname === '/dev/mailbox') return void response.writeHead(200).end()
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy })
    response.end(readFileSync(join(folder, 'index.html')))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (next) => {
      answers = next
    },
    send: (path, send) => void files.set(path, send),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

function sendFile(folder: string, path: string, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' })
  response.end(readFileSync(join(folder, normalize(path))))
}

async function answerCalls(answers: FakeAnswers, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const paths = url.pathname.slice('/trpc/'.length).split(',')
  const batched = url.searchParams.has('batch')
  const body = await readBody(request)
  const sent: unknown = JSON.parse(body || url.searchParams.get('input') || 'null')
  const inputs = batched ? (sent as Record<string, unknown> | null) : { 0: sent }
  const results = await Promise.all(
    paths.map((path, index) => answerCall(answers, path, inputs?.[index], request.headers['x-tenant-id'])),
  )
  const statuses = new Set(results.map(({ status }) => status))
  response.writeHead(statuses.size === 1 ? (results[0]?.status ?? 500) : 207, { 'content-type': 'application/json' })
  response.end(JSON.stringify(batched ? results.map(({ content }) => content) : results[0]?.content))
}

async function answerCall(
  answers: FakeAnswers,
  path: string,
  input: unknown,
  tenantId: unknown,
): Promise<{ status: number; content: unknown }> {
  const answer = (answers as Record<string, ((input: unknown, tenantId: unknown) => unknown) | undefined>)[path]
  try {
    if (!answer) throw new Refusal('route.not_found', `The test answers no ${path}.`)
    return { status: 200, content: { result: { data: await answer(input, tenantId) } } }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { status: error.data.status, content: { error: { message: error.message, code: -32000, data: error.data } } }
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}
