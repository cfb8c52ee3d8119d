import { type Answer, type Call, callerOf } from '../../testing/index.ts'
import type { World } from './world.ts'

/** A cookie that an answer has set or taken away. */
export interface SetCookie {
  /** The procedure or route. */
  by: string
  line: string
}

/** A browser: it keeps what it is told to keep, sends it along, and remembers what told it so. */
export class Browser {
  readonly set: SetCookie[] = []
  /** Every session it ever held, the newest last. */
  readonly sessions: string[] = []
  #world: World
  #jar = new Map<string, string>()

  constructor(world: World) {
    this.#world = world
  }

  /** The name of a cookie of ours, as it is in this mode. */
  nameOf(cookie: 'session' | 'challenge' | 'provider'): string {
    return `${this.#world.production ? '__Host-tollkeeper' : 'tollkeeper'}.${cookie}`
  }

  holds(cookie: 'session' | 'challenge' | 'provider'): string | undefined {
    return this.#jar.get(this.nameOf(cookie))
  }

  /** What a page of ours calls. @throws when it is refused with anything but what is wanted */
  async call<Data = unknown>(procedure: string, body: unknown = {}, wanted = 200): Promise<Data> {
    const answer = await this.#send(procedure, 'POST', `//trpc/${procedure}`, body)
    if (answer.status !== wanted) throw new Error(`${procedure}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return (answer.body as { result?: { data: Data } }).result?.data as Data
  }

  /** REST, with the cookies. @param by the procedure that stands there */
  rest(by = 'REST'): Call {
    return (method, path, body) => this.#send(by, method, path, body)
  }

  /** Goes to a provider and comes back with the code it gave. */
  async visit(
    provider: 'github' | 'google',
    begin: 'auth.provider.authorize' | 'auth.provider.link',
    code: string,
  ): Promise<Answer> {
    const { authorizationUrl } = await this.call<{ authorizationUrl: string }>(begin, { provider })
    const state = new URL(authorizationUrl).searchParams.get('state')!
    return this.#send(CALLBACK, 'GET', `//api/auth/callback/${provider}?${new URLSearchParams({ code, state })}`)
  }

  /** The status with which one of its sessions is answered now. */
  async statusOf(session: string): Promise<number> {
    const cookie = `${this.nameOf('session')}=${session}`
    return (await callerOf(this.#world.app.url, { cookie })('GET', '/users/me')).status
  }

  async #send(by: string, method: string, path: string, body?: unknown): Promise<Answer> {
    const { app, origin } = this.#world
    const cookie = [...this.#jar].map((pair) => pair.join('=')).join('; ')
    const answer = await callerOf(app.url, { origin, ...(cookie ? { cookie } : {}) })(method, path, body)
    for (const line of answer.headers.getSetCookie()) this.#take(by, line)
    return answer
  }

  #take(by: string, line: string): void {
    this.set.push({ by, line })
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
    if (/; Max-Age=0(;|$)/.test(line)) this.#jar.delete(name!)
    else this.#jar.set(name!, value!)
    if (name === this.nameOf('session') && value) this.sessions.push(value)
  }
}

/** The one route that sets cookies and is no procedure. */
export const CALLBACK = 'GET /api/auth/callback/:provider'
