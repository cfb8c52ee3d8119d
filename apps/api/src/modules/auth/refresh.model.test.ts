import type { SignedIn } from '@tollkeeper/shared'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import type { RunningServer } from '../../start-server.ts'
import { startTestApp, type TestApp, type TestPerson } from '../../testing/index.ts'
import { behindProxy, mailsTo, visitor } from './testing/visitor.ts'

const clock = manualClock(new Date())
let app: TestApp
let second: RunningServer
let person: TestPerson
beforeAll(async () => {
  app = await startTestApp({ clock, environment: behindProxy })
  second = await app.secondNode()
  person = await app.person()
}, 120_000)
afterAll(() => app[Symbol.asyncDispose]())

/** Two who hold the same first token: the owner, and somebody who copied it. Neither knows what the other is given. */
interface Turn {
  who: 'owner' | 'thief'
  /** Of the tokens they were given, how far before the last one. */
  back: number
  /** Milliseconds before it. */
  after: number
  node: 'first' | 'second'
  /** How many calls with the token, at once. */
  calls: number
}

const turn: fc.Arbitrary<Turn> = fc.record({
  who: fc.constantFrom('owner' as const, 'thief' as const),
  back: fc.nat(2),
  after: fc.constantFrom(0, 1_000, 29_000, 30_000, 30_001, 60_000),
  node: fc.constantFrom('first' as const, 'second' as const),
  calls: fc.constantFrom(1, 1, 3),
})

/** A sign-in's tokens as they are meant: numbered, the newest good, the one before it for thirty seconds more, any other the end of all. */
class Meant {
  newest = 0
  ended = false
  #movedAt = clock.now().getTime()

  /** @returns the number of the token that is given for one; null when it is refused */
  refresh(presented: number): number | null {
    if (this.ended) return null
    const now = clock.now().getTime()
    if (presented === this.newest) {
      this.#movedAt = now
      this.newest += 1
      return this.newest
    }
    if (presented === this.newest - 1 && now - this.#movedAt <= 30_000) return this.newest
    this.ended = true
    return null
  }
}

test('whoever refreshes when, with which of the tokens they were given and on which node: it is answered as it is meant, and a copy that is used late ends the sign-in', async () => {
  let ends = 0
  const endings = async () =>
    (await mailsTo(app, person.email)).filter(({ subject }) => subject === 'A sign-in of yours was ended').length
  await fc.assert(
    fc.asyncProperty(fc.array(turn, { minLength: 2, maxLength: 8 }), async (turns) => {
      const { email, password } = person
      const signedIn = await visitor(app)('POST', '/auth/login', { email, password })
      const tokens = [(signedIn.body as SignedIn).refreshToken]
      const held = { owner: [0], thief: [0] }
      const meant = new Meant()
      const before = await endings()
      for (const { who, back, after, node, calls } of turns) {
        clock.advance(after)
        const presented = held[who].at(-1 - back) ?? 0
        const wanted = Array.from({ length: calls }, () => meant.refresh(presented))
        const at = node === 'first' ? app : second
        const answers = await Promise.all(
          wanted.map(() => visitor(at)('POST', '/auth/refresh', { refreshToken: tokens[presented] })),
        )
        const given = answers.map(({ status, body }) => (status === 200 ? (body as SignedIn).refreshToken : null))
        for (const [index, number] of wanted.entries()) {
          if (number === null) expect(given[index]).toBe(null)
          else {
            tokens[number] ??= given[index]!
            expect(given[index]).toBe(tokens[number])
            held[who].push(number)
          }
        }
      }
      expect((await endings()) - before).toBe(meant.ended ? 1 : 0)
      if (meant.ended) ends += 1
      expect(new Set(tokens).size).toBe(tokens.length)
    }),
    { numRuns: Number(process.env.REFRESH_RUNS ?? 60) },
  )
  expect(ends).toBeGreaterThan(0)
}, 240_000)
