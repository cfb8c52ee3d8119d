// One way of finding out whose request it is, behind a bare node:http server: over HTTP, and in a loop of its own.
import { createServer } from 'node:http'
import { readConfig } from '../../../apps/api/src/config/config.ts'
import { createLogger } from '../../../apps/api/src/kernel/logger.ts'
import { identityOf } from '../../../apps/api/src/modules/auth/identity/identity.ts'
import { startServer } from '../../../apps/api/src/start-server.ts'

const { CHECK_PORT, CHECK_KIND, CHECK_COOKIE, CHECK_TOKEN } = process.env
const AT_ONCE = 32

const { services } = await startServer(readConfig(process.env), { background: false, logger: createLogger('error') })
const { people } = services
const { api } = identityOf(services).betterAuth
const headers = new Headers({ cookie: CHECK_COOKIE! })

/** @returns the person's id; throws when the session does not hold */
const checks: Record<string, () => Promise<string>> = {
  'better-auth': async () => (await api.getSession({ headers }))!.user.id,
  cookie: async () => (await people.fromCookie({ cookie: CHECK_COOKIE }))!.userId,
  token: async () => (await people.fromAccessToken(CHECK_TOKEN!)).userId,
}
const check = checks[CHECK_KIND!]!

createServer((request, response) => {
  const seconds = Number(/^\/loop\?seconds=(\d+)$/.exec(request.url ?? '')?.[1])
  const work = Number.isNaN(seconds) ? check().then((userId) => ({ allowed: true, userId })) : loop(seconds)
  work.then(
    (answer) => {
      const body = JSON.stringify(answer)
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
    },
    (error: unknown) => response.writeHead(500, { 'content-length': 0 }).end(() => console.error(error)),
  )
  request.resume()
}).listen(Number(CHECK_PORT), '127.0.0.1')

/** Checks as often as it can, so many at once as a server has requests under way. */
async function loop(seconds: number): Promise<{ checks: number; seconds: number }> {
  const startedAt = performance.now()
  const until = startedAt + seconds * 1000
  let count = 0
  const one = async () => {
    while (performance.now() < until) {
      await check()
      count++
      // what never waits for anything would keep the clock and the change feed from being looked at
      if (count % 256 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  return { checks: count, seconds: (performance.now() - startedAt) / 1000 }
}
