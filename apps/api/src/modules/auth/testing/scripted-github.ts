import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface GithubPerson {
  id: number
  login: string
  emails: { email: string; primary: boolean; verified: boolean }[]
}

/** A GitHub that lets in whoever the test says, at an address of its own; codes work once. */
export async function startScriptedGithub() {
  const codes = new Map<string, GithubPerson>()
  const tokens = new Map<string, GithubPerson>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://github')
    const answer = (body: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    if (url.pathname === '/login/oauth/access_token') {
      let form = ''
      request.on('data', (chunk) => {
        form += chunk
      })
      request.on('end', () => {
        const code = new URLSearchParams(form).get('code') ?? ''
        const person = codes.get(code)
        codes.delete(code)
        if (!person) return answer({ error: 'bad_verification_code' }, 400)
        tokens.set(`token of ${code}`, person)
        return answer({ access_token: `token of ${code}`, token_type: 'bearer', scope: 'user:email' })
      })
      return
    }
    const person = tokens.get(request.headers.authorization?.replace('Bearer ', '') ?? '')
    if (!person) return answer({ message: 'Bad credentials' }, 401)
    if (url.pathname === '/user')
      return answer({ id: person.id, login: person.login, name: person.login, email: 'claimed@evil.example' })
    if (url.pathname === '/user/emails') return answer(person.emails)
    return answer({ message: 'Not Found' }, 404)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What GitHub does when the person agrees. */
    agree(person: GithubPerson): string {
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
