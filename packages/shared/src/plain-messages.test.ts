import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import './index.ts'
import { AuthorizeInput, TrackInput } from './index.ts'

const messages = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`)

test.each([
  [{ amount: 1 }, 'feature is missing'],
  [{ feature: 'characters', amount: 0 }, 'amount must be at least 1'],
  [{ feature: 'characters', amount: 1.5 }, 'amount must be a whole number'],
  [{ feature: 'characters', amount: 2 ** 53 }, 'amount must be at most 9007199254740991'],
  [{ feature: 'characters', amount: '1' }, 'amount must be a number'],
  [{ feature: 'characters', amount: 1, requestId: '' }, 'requestId must not be empty'],
])('%j: %s', (input, said) => {
  expect(messages(AuthorizeInput, input)).toContain(said)
})

test('a list says how many entries it may have, and a choice what there is to choose from', () => {
  const events = Array.from({ length: 1_001 }, (_, index) => ({ id: `e${index}`, feature: 'characters', amount: 1 }))
  expect(messages(TrackInput, { events })).toEqual(['events must have at most 1000 entries'])
  expect(messages(z.object({ role: z.enum(['owner', 'member']) }), { role: 'king' })).toEqual(['role must be one of owner, member'])
})

test('whatever is sent, what is wrong with it goes on from the name of its field', () => {
  fc.assert(
    fc.property(fc.record({ feature: fc.anything(), amount: fc.anything(), requestId: fc.anything() }), (input) => {
      for (const { message } of AuthorizeInput.safeParse(input).error?.issues ?? []) expect(message).toMatch(/^(must|is) /)
    }),
  )
})
