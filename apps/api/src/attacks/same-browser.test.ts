import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { behindProxy, visitor } from '../modules/auth/testing/visitor.ts'
import { eventually } from '../testing/eventually.ts'
import { callerOf, startTestApp, type TestApp, type TestPerson } from '../testing/index.ts'

let app: TestApp
let people: TestPerson[]

beforeAll(async () => {
  app = await startTestApp({ environment: behindProxy })
  people = [await app.person('Ada'), await app.person('Eve')]
}, 120_000)
afterAll(() => app[Symbol.asyncDispose]())

type Step = { does: 'sign in'; who: 0 | 1 } | { does: 'sign out' | 'lose the cookie' | 'bring back an old cookie' }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant('sign in' as const), who: fc.constantFrom(0 as const, 1 as const) }) },
  fc.record({ does: fc.constantFrom('sign out' as const, 'lose the cookie' as const, 'bring back an old cookie' as const) }),
)

/** One browser, and what we think of it. */
class Browser {
  cookie: string | null = null
  who: TestPerson | null = null
  /** Cookies whose session was ended, by a sign-out or by the next sign-in. */
  dead: string[] = []
  /** Lost, but not ended. */
  lost: { cookie: string; who: TestPerson }[] = []

  async take(next: Step): Promise<void> {
    if (next.does === 'sign in') await this.#signIn(people[next.who]!)
    if (next.does === 'sign out') await this.#signOut()
    if (next.does === 'lose the cookie') this.#lose()
    if (next.does === 'bring back an old cookie') this.#bringBack()
  }

  async #signIn(person: TestPerson): Promise<void> {
    const { email, password } = person
    const answer = await visitor(app)('POST', '//trpc/auth.signIn', { email, password }, this.#headers())
    expect(answer.status).toBe(200)
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('tollkeeper.session='))!
    const fresh = cookie.split(';')[0]!
    expect([this.cookie, ...this.dead, ...this.lost.map((one) => one.cookie)]).not.toContain(fresh)
    if (this.cookie) this.dead.push(this.cookie)
    this.cookie = fresh
    this.who = person
  }

  async #signOut(): Promise<void> {
    expect((await visitor(app)('POST', '//trpc/auth.signOut', {}, this.#headers())).status).toBe(200)
    if (this.cookie) this.dead.push(this.cookie)
    this.cookie = null
    this.who = null
  }

  #lose(): void {
    if (this.cookie && this.who) this.lost.push({ cookie: this.cookie, who: this.who })
    this.cookie = null
    this.who = null
  }

  #bringBack(): void {
    const found = this.lost.pop()
    if (!found) return
    this.#lose()
    this.cookie = found.cookie
    this.who = found.who
  }

  #headers(): Record<string, string> {
    return { origin: app.services.publicUrl, ...(this.cookie ? { cookie: this.cookie } : {}) }
  }

  async assertIsWho(): Promise<void> {
    const ask = (cookie: string | null) => callerOf(app.url, cookie ? { cookie } : {})('GET', '/users/me')
    const { status, body } = await ask(this.cookie)
    expect(status === 200 ? (body as { user: { id: string } }).user.id : null).toBe(this.who?.userId ?? null)
    for (const cookie of this.dead)
      await eventually(
        async () => (await ask(cookie)).status,
        (code) => code === 401,
      )
  }
}

test('two people in one browser, in any order of coming, going and losing the cookie: it is who signed in last, and what ended stays ended', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
      const browser = new Browser()
      for (const next of steps) {
        await browser.take(next)
        await browser.assertIsWho()
      }
    }),
    { numRuns: 12, endOnFailure: true },
  )
}, 240_000)
