import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface GooglePerson {
  sub: string
  email: unknown
  email_verified: unknown
  name?: unknown
}

/** A Google that lets in whoever the test says, and says of them whatever the test says; codes work once. */
export async function startScriptedGoogle() {
  const codes = new Map<string, GooglePerson>()
  const tokens = new Map<string, GooglePerson>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://google')
    const answer = (body: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    if (url.pathname === '/.well-known/openid-configuration') {
      const at = (path: string) => `${origin()}${path}`
      return answer({
        issuer: origin(),
        authorization_endpoint: at('/authorize'),
        token_endpoint: at('/token'),
        userinfo_endpoint: at('/userinfo'),
      })
    }
    if (url.pathname === '/token') {
      let form = ''
      request.on('data', (chunk) => {
        form += chunk
      })
      request.on('end', () => {
        const code = new URLSearchParams(form).get('code') ?? ''
        const person = codes.get(code)
        codes.delete(code)
        if (!person) return answer({ error: 'invalid_grant' }, 400)
        tokens.set(`token of ${code}`, person)
        return answer({ access_token: `token of ${code}`, token_type: 'Bearer', scope: 'openid email' })
      })
      return
    }
    const person = tokens.get(request.headers.authorization?.replace('Bearer ', '') ?? '')
    return person ? answer({ id: person.sub, ...person }) : answer({ error: 'invalid_token' }, 401)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    discoveryUrl: `${origin()}/.well-known/openid-configuration`,
    /** What Google does when the person agrees. */
    agree(person: GooglePerson): string {
      const code = `code${codes.size + tokens.size + 1}`
      codes.set(code, person)
      return code
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
