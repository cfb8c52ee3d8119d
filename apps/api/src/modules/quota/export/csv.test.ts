import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TenantContext } from '../../../kernel/context.ts'
import { createLogger } from '../../../kernel/logger.ts'
import type { Services } from '../../../kernel/services.ts'
import { type Cell, csvFile } from './csv.ts'

const services = { logger: createLogger('silent') } as Partial<Services> as Services
const ctx = { services, requestId: 'req_1' } as Partial<TenantContext> as TenantContext

async function* pagesOf(...pages: Cell[][][]) {
  yield* pages
}

async function textOf(pages: AsyncGenerator<Cell[][], void>, headings = ['a', 'b']): Promise<string> {
  let text = ''
  for await (const chunk of (await csvFile(ctx, 'x.csv', headings, pages)).text) text += chunk
  return text
}

/** What a spreadsheet may take for the beginning of a formula, after a sign that it drops. */
const FORMULA = /^[\s]*[=+\-@＝＋－＠|]/
const hostile = fc.oneof(
  fc.constantFrom(
    '=1+1',
    '+1',
    '-1+1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '\v=1',
    '\u2028=1',
    '＝1+1',
    '=cmd|" /C calc"!A0',
    '"=1"',
    ';=1',
    "'=1",
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', ' ', 'a', '=', "'", '漢'), maxLength: 12 }),
)

test('any cells come back as they were when the file is read again, with an apostrophe before what would be a formula', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(hostile, hostile), { minLength: 1, maxLength: 8 }), async (rows) => {
      const text = await textOf(pagesOf(rows.slice(0, 3), rows.slice(3)))
      const read = parse(text, { record_delimiter: '\r\n' }) as string[][]
      expect(read[0]).toEqual(['a', 'b'])
      expect(read.slice(1)).toHaveLength(rows.length)
      for (const [index, row] of read.slice(1).entries()) {
        for (const [column, cell] of row.entries()) {
          const given = rows[index]![column]!
          expect([given, `'${given}`]).toContain(cell)
          if (/^[=+\-@\t\r\n\v＝＋－＠]/.test(given)) expect(cell).toBe(`'${given}`)
          if (!/^ /.test(cell)) expect(cell).not.toMatch(FORMULA)
        }
      }
    }),
    { numRuns: 400 },
  )
})

test('lines end in CRLF, numbers keep their sign, and what is not there is an empty cell', async () => {
  expect(await textOf(pagesOf([[-5, null]], [[true, 'a,b']]))).toBe('a,b\r\n-5,\r\ntrue,"a,b"\r\n')
})

test('no page is made before it is asked for: who reads slowly holds two at most', async () => {
  let made = 0
  async function* pages(): AsyncGenerator<Cell[][], void> {
    for (; made < 200; ) {
      made++
      yield [[made, 'x'.repeat(50_000)]]
    }
  }
  const { text } = await csvFile(ctx, 'x.csv', ['n', 'x'], pages())
  let taken = 0
  let most = 0
  const slow = new Writable({
    highWaterMark: 1,
    write(_chunk, _encoding, done) {
      taken++
      most = Math.max(most, made - taken)
      setImmediate(done)
    },
  })
  await pipeline(Readable.from(text, { highWaterMark: 1 }), slow)
  expect(made).toBe(200)
  expect(most).toBeLessThanOrEqual(3)
})

test('a failure before the first line is a failure, and one after it breaks the file off', async () => {
  async function* never(): AsyncGenerator<Cell[][], void> {
    yield await Promise.reject(new Error('away'))
  }
  await expect(csvFile(ctx, 'x.csv', ['a'], never())).rejects.toThrow('away')
  async function* half(): AsyncGenerator<Cell[][], void> {
    yield [['one']]
    throw new Error('cut')
  }
  await expect(textOf(half(), ['a'])).rejects.toThrow('cut')
})

test('who stops reading stops the reading of pages', async () => {
  let ended = false
  async function* pages(): AsyncGenerator<Cell[][], void> {
    try {
      for (;;) yield [['x']]
    } finally {
      ended = true
    }
  }
  const stream = Readable.from((await csvFile(ctx, 'x.csv', ['a'], pages())).text)
  for await (const _chunk of stream) break
  expect(ended).toBe(true)
})
