import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { behindProxy, refusal, takeTheSameTime, visitor } from '../modules/auth/testing/visitor.ts'
import { type DeclaredProcedure, declaredProcedures } from '../testing/declared-procedures.ts'
import { type Answer, startTestApp, type TestApp, type TestPerson } from '../testing/index.ts'
import { sampleInput } from '../testing/sample-input.ts'

let app: TestApp
let owner: TestPerson
let suspended: TestPerson
beforeAll(async () => {
  app = await startTestApp({ environment: behindProxy })
  owner = await app.person()
  suspended = await app.person()
  await app.call('POST', '/auth/register', { email: 'waiting@example.test', password: 'orchard lantern 57 quartz', name: 'W' })
  const operator = await app.operator()
  await operator.call('PUT', `/users/${suspended.userId}/status`, { status: 'suspended', reason: 'for the test' })
}, 120_000)
afterAll(() => app[Symbol.asyncDispose]())

/** Whatever anybody may call with an address: found by the router, so a new way in is asked the day it appears. */
const flows = declaredProcedures().filter(
  ({ meta, input }) => meta?.permission === 'public' && 'email' in ((sampleInput(input, {}) as object | undefined) ?? {}),
)

const nobody = () => `nobody-${randomBytes(6).toString('hex')}@example.test`

function ask({ name, input }: DeclaredProcedure, email: string): Promise<Answer> {
  const sample = sampleInput(input, {}) as Record<string, unknown>
  // another one each time, so that no sign-in is right about what a registration here has just asked for
  const password = `quartz ${randomBytes(6).toString('hex')} lantern`
  const guess = { ...sample, email, ...('password' in sample ? { password } : {}) }
  return visitor(app)('POST', `//trpc/${name}`, guess)
}

/** What of an answer could tell one from another; ids and the hour differ each time. */
function told(answer: Answer): unknown {
  const text = JSON.stringify(refusal(answer))
    .replaceAll(/req_[0-9a-z]{26}/g, 'req')
    .replaceAll(/"[\w-]{43}"/g, '"token"')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time')
  const headers = [...answer.headers].filter(([name]) => !['date', 'x-request-id', 'content-length'].includes(name))
  const length = answer.headers.get('content-length')
  return { text, headers: headers.map(([name, value]) => `${name}: ${value}`).sort(), length }
}

test('the flows that take an address are those known here', () => {
  expect(flows.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'auth.register',
      'auth.login',
      'auth.signIn',
      'auth.resendVerification',
      'auth.account.forgotPassword',
    ]),
  )
})

test.each(flows)(
  '$name answers byte for byte the same for an account, one that is suspended, one that waits for its proof, and nobody',
  async (flow) => {
    const answers = []
    for (const email of [owner.email, suspended.email, 'waiting@example.test', nobody(), owner.email.toUpperCase()])
      answers.push(told(await ask(flow, email)))
    for (const answer of answers) expect(answer).toEqual(answers[0])
  },
  120_000,
)

test.each(flows)(
  '$name takes the same time whether or not there is an account',
  async (flow) => {
    const times = { known: [] as number[], unknown: [] as number[] }
    for (let round = 0; round < 24; round++) {
      for (const kind of round % 2 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
        const startedAt = performance.now()
        await ask(flow, kind === 'known' ? owner.email : nobody())
        times[kind].push(performance.now() - startedAt)
      }
    }
    expect(takeTheSameTime(times.known, times.unknown)).toBe(true)
  },
  120_000,
)
