import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTollkeeper } from '@tollkeeper/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { charactersOf, paragraphsOf } from '../src/paragraphs.ts'
import { toPigLatin } from '../src/pig-latin.ts'
import type { Progress } from '../src/progress.ts'
import { buy, newCustomer, planAfterPayment, used } from './support/new-customer.ts'
import { type Language, runTranslator } from './support/run-translator.ts'
import { type Server, startServer } from './support/start-server.ts'

const book = await readFile(join(import.meta.dirname, '../text/moby-dick-chapter-133.txt'), 'utf8')
const paragraphs = paragraphsOf(book)
const sizes = paragraphs.map(charactersOf)
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

const hasPython = (() => {
  try {
    return execFileSync('python3', ['--version'], { encoding: 'utf8' }).startsWith('Python 3')
  } catch {
    return false
  }
})()
if (!hasPython) console.warn('There is no python3 on this machine, so the Python translator is not run here.')
const languages: Language[] = hasPython ? ['TypeScript', 'Python'] : ['TypeScript']

let server: Server
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tollkeeper-translation-'))
  server = await startServer()
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const files = (out: string) => ({
  translation: join(out, 'moby-dick-chapter-133.pig-latin.txt'),
  progress: join(out, 'moby-dick-chapter-133.progress.json'),
})

test('the text is a real one, and the limit of the Free plan falls into it', () => {
  expect(charactersOf(book)).toBeGreaterThan(20_000)
  expect(paragraphs).toHaveLength(52)
  expect(sum(sizes.slice(0, 2))).toBeLessThanOrEqual(1000)
  expect(sum(sizes.slice(0, 3))).toBeGreaterThan(1000)
})

test.each(languages)(
  'in %s: stopped at 1,000 characters with the reason, and on to the end after the upgrade',
  async (language) => {
    const customer = await newCustomer(server.url, 'ishmael')
    const out = join(folder, language)
    const run = () => runTranslator(language, server.url, customer.apiKey, ['--out', out])
    const free = sum(sizes.slice(0, 2))

    const stopped = await run()
    expect(stopped.errors).toBe('')
    expect(stopped.code).toBe(3)
    expect(stopped.output).toContain('Stopped at paragraph 3 of 52.')
    expect(stopped.output).toContain('quota.limit_reached')
    expect(stopped.output).toContain(`${sizes[2]} characters were asked for; ${1000 - free} of 1,000 are left`)
    expect(stopped.output).toMatch(/resets {6}\d{4}-\d\d-\d\dT00:00:00/)
    expect(stopped.output).toContain('the plan starter: 50,000 characters')
    expect(stopped.output).toContain(`asking for ${1000 - free} characters or fewer`)
    expect(stopped.output).toMatch(/decision {4}dec_\w+/)
    expect(stopped.output).toContain(`Open ${server.url}/plans, choose starter`)
    expect(await used(server.url, customer, 'characters'), 'the refused paragraph is not charged').toBe(free)

    const again = await run()
    expect(again.code, 'nothing has changed, so it is stopped at the same place').toBe(3)
    expect(again.output).toContain('Stopped at paragraph 3 of 52.')
    expect(await used(server.url, customer, 'characters'), 'starting again charges nothing twice').toBe(free)

    await buy(server.url, customer, 'starter')
    expect(await planAfterPayment(server.url, customer)).toBe('starter')
    const finished = await run()
    expect(finished.errors).toBe('')
    expect(finished.code).toBe(0)
    expect(finished.output).toContain('Going on after paragraph 2.')
    expect(await used(server.url, customer, 'characters'), 'every paragraph is charged once').toBe(sum(sizes))
    expect(await readFile(files(out).translation, 'utf8')).toBe(`${paragraphs.map(toPigLatin).join('\n\n')}\n`)

    const idle = await run()
    expect(idle.code, 'what is done stays done').toBe(0)
    expect(await used(server.url, customer, 'characters')).toBe(sum(sizes))
  },
)

test.each(languages)('in %s: a program that was stopped between the answer and its note is not charged twice', async (language) => {
  const customer = await newCustomer(server.url, 'queequeg')
  const out = join(folder, `${language}-stopped`)
  await runTranslator(language, server.url, customer.apiKey, ['--out', out])
  const progress: Progress = JSON.parse(await readFile(files(out).progress, 'utf8'))
  const charged = await used(server.url, customer, 'characters')
  // as if it had ended right after the second paragraph was allowed and written, before that was noted
  await writeFile(files(out).progress, JSON.stringify({ ...progress, done: 1, attempt: 1 } satisfies Progress))

  const { output } = await runTranslator(language, server.url, customer.apiKey, ['--out', out])
  expect(output).toContain('paragraph 2 of 52: 711 characters')
  expect(await used(server.url, customer, 'characters')).toBe(charged)
  const translation = paragraphsOf(await readFile(files(out).translation, 'utf8'))
  expect(translation, 'and its translation stands there once').toEqual(paragraphs.slice(0, 2).map(toPigLatin))
})

test.each(languages)('in %s: characters are charged as code points, and odd text is left as it is', async (language) => {
  const customer = await newCustomer(server.url, 'pip')
  const text = join(folder, `odd-${language}.txt`)
  await writeFile(text, '🐋🐋🐋\r\n\r\n鲸鱼 é\n')
  const ended = await runTranslator(language, server.url, customer.apiKey, [text, '--out', folder])
  expect(ended).toMatchObject({ code: 0, errors: '' })
  expect(await used(server.url, customer, 'characters')).toBe(3 + 4)
  expect(await readFile(join(folder, `odd-${language}.pig-latin.txt`), 'utf8')).toBe('🐋🐋🐋\n\n鲸鱼 é\n')
})

test.each(languages)('in %s: what goes wrong is said with what to do', async (language) => {
  const out = join(folder, `${language}-wrong`)
  const noKey = await runTranslator(language, server.url, '', ['--out', out])
  expect(noKey).toMatchObject({ code: 1, errors: expect.stringContaining(`${server.url}/keys`) })
  const falseKey = await runTranslator(language, server.url, `tk_${'x'.repeat(40)}`, ['--out', out])
  expect(falseKey).toMatchObject({ code: 1, errors: expect.stringContaining('api_key.invalid') })
  const other = join(folder, 'other.txt')
  await writeFile(other, 'Call me Ishmael.\n')
  await writeFile(join(out, 'other.progress.json'), await readFile(files(out).progress))
  const otherText = await runTranslator(language, server.url, 'tk_any', [other, '--out', out])
  expect(otherText).toMatchObject({ code: 1, errors: expect.stringContaining('belongs to another text') })
})

test('an answer that is lost on the way is charged once by the real server', async () => {
  const customer = await newCustomer(server.url, 'starbuck')
  let lost = 0
  const losing: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init)
    if (lost++ > 0) return answer
    await answer.text()
    throw new TypeError('the connection broke before the answer was read')
  }
  const tollkeeper = createTollkeeper({ url: server.url, apiKey: customer.apiKey, fetch: losing })
  const decision = await tollkeeper.authorize({ feature: 'characters', amount: 300 })
  expect(decision).toMatchObject({ allowed: true, remaining: 700 })
  expect(lost).toBe(2)
  expect(await used(server.url, customer, 'characters')).toBe(300)
})

test('the client speaks with the real server in all of its calls', async () => {
  const customer = await newCustomer(server.url, 'tashtego')
  const tollkeeper = createTollkeeper({ url: server.url, apiKey: customer.apiKey })
  expect(
    await tollkeeper.track([
      { id: 'e1', feature: 'characters', amount: 100 },
      { id: 'e1', feature: 'characters', amount: 100 },
    ]),
  ).toMatchObject({
    counted: 1,
    duplicates: 1,
    rejected: 0,
  })
  expect(await tollkeeper.check({ feature: 'characters', amount: 901 })).toMatchObject({ allowed: false, remaining: 900 })
  const explanation = await tollkeeper.explain({ feature: 'characters', amount: 901 })
  expect(explanation.steps.find(({ step }) => step === 'quota')).toMatchObject({ outcome: 'refused', code: 'quota.limit_reached' })
  expect(explanation.smallestChange).not.toBeNull()
  const { plan, features } = await tollkeeper.usage()
  expect(plan).toBe('free')
  expect(features.find(({ feature }) => feature === 'characters')).toMatchObject({ used: 100, limit: 1000, remaining: 900 })
  await expect(tollkeeper.authorize({ feature: 'characters', amount: 0 })).rejects.toMatchObject({
    code: 'input.invalid',
    faults: [{ path: 'amount' }],
    next: expect.stringMatching(/./),
  })
  await tollkeeper.authorize({ feature: 'characters', amount: 1, requestId: 'once' })
  await expect(tollkeeper.authorize({ feature: 'characters', amount: 2, requestId: 'once' })).rejects.toMatchObject({
    code: 'quota.request_conflict',
    decisionId: expect.stringMatching(/^dec_/),
  })
})
