import { TRPCError } from '@trpc/server'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { AppError } from '../kernel/app-error.ts'
import { toAppError, toErrorShape, toTRPCError } from './error-shape.ts'

const fault = z.object({ a: z.string() }).safeParse({ a: 1 }).error!

test('input a schema refuses is the caller’s fault, with the path', () => {
  const failure = toAppError(new TRPCError({ code: 'BAD_REQUEST', cause: fault }))
  expect(failure.code).toBe('input.invalid')
  expect(failure.particulars.faults).toMatchObject([{ path: 'a' }])
})

test('an answer a schema refuses is our fault, and tells nothing of itself', () => {
  const failure = toAppError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: 'Output validation failed', cause: fault }))
  expect(failure.code).toBe('service.internal')
  expect(JSON.stringify(toErrorShape(toTRPCError(failure), 'req_1'))).not.toMatch(/"a"|validation/i)
})

test.each([new Error('password=hunter2'), 'text', null, { code: 'X' }])(
  'an unknown failure is answered without its text: %j',
  (thrown) => {
    const shape = toErrorShape(toTRPCError(thrown), 'req_1')
    expect(shape.data).toMatchObject({ code: 'service.internal', status: 500, requestId: 'req_1' })
    expect(JSON.stringify(shape)).not.toMatch(/hunter2|stack/)
  },
)

test.each(['ECONNREFUSED', '57P01', '53300', '08006'])('a database that cannot be used now is told as such: %s', (code) => {
  expect(toAppError(Object.assign(new Error('x'), { code })).code).toBe('service.unavailable')
  expect(toAppError(new Error('wrapped', { cause: Object.assign(new Error('x'), { code }) })).code).toBe('service.unavailable')
})

test('a failure of the table keeps its code and status through tRPC', () => {
  const wrapped = toTRPCError(new AppError('quota.request_conflict', { decisionId: 'dec_1' }))
  expect(wrapped.code).toBe('CONFLICT')
  expect(toErrorShape(wrapped, null).data).toMatchObject({ code: 'quota.request_conflict', status: 409, decisionId: 'dec_1' })
})
