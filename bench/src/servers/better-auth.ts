// better-auth as its documentation sets it up, on a database of its own of the same PostgreSQL: keys with a number of uses left,
// and a session in a cookie. It has no endpoint for verifying a key, so the shortest one there can be stands here.
import { createServer } from 'node:http'
import { apiKey } from '@better-auth/api-key'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import pg from 'pg'

const KEYS = 500
const USES = 1_000_000_000
const port = Number(process.env.PORT)
const pool = new pg.Pool({ connectionString: await ownDatabase(process.env.ADMIN_URL!), max: 16 })
const options = {
  baseURL: `http://127.0.0.1:${port}`,
  secret: 'a secret of the bench, of no use elsewhere',
  database: pool,
  emailAndPassword: { enabled: true },
  telemetry: { enabled: false },
  rateLimit: { enabled: false },
  plugins: [apiKey({ rateLimit: { enabled: false } })],
}
await (await getMigrations(options)).runMigrations()
const auth = betterAuth(options)
const { headers, response } = await auth.api.signUpEmail({
  body: { email: 'bench@example.com', password: 'a password of the bench', name: 'Bench' },
  returnHeaders: true,
})
const cookie = headers
  .getSetCookie()
  .map((line) => line.split(';')[0])
  .join('; ')
const keys: string[] = []
while (keys.length < KEYS) keys.push((await auth.api.createApiKey({ body: { userId: response.user.id, remaining: USES } })).key)

createServer(async (request, reply) => {
  for await (const _ of request);
  const answer = async (): Promise<string> => {
    if (request.url === '/keys') return JSON.stringify({ keys, cookie })
    if (request.url === '/verify') {
      const key = String(request.headers.authorization).slice('Bearer '.length)
      const { valid } = await auth.api.verifyApiKey({ body: { key } })
      return JSON.stringify({ allowed: valid })
    }
    if (request.url === '/session') {
      const url = `http://127.0.0.1:${port}/api/auth/get-session`
      const session = await auth.handler(new Request(url, { headers: { cookie: String(request.headers.cookie) } }))
      return JSON.stringify({ allowed: (await session.json()) !== null })
    }
    return '{}'
  }
  const body = await answer()
  reply.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
}).listen(port, '127.0.0.1')

async function ownDatabase(adminUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  await client.query('create database bench_better_auth')
  await client.end()
  const url = new URL(adminUrl)
  url.pathname = '/bench_better_auth'
  return url.href
}
