import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeFailure } from './judge-failure.ts'

test.each([
  [{ responseCode: 535, command: 'AUTH PLAIN', response: '535 5.7.8 bad credentials' }],
  [{ responseCode: 550, command: 'MAIL FROM', response: '550 5.1.8 sender refused' }],
  [{ responseCode: 554, command: 'CONN', response: '554 no service here' }],
  [{ code: 'ECONNREFUSED', command: 'CONN' }],
  [new Error('socket hang up')],
  [null],
])('%j is no fault of the recipient, so it is tried again', (error) => {
  expect(judgeFailure(error)).toBe('later')
})

test('whatever is answered below 500 is tried again', () => {
  const commands = fc.constantFrom('CONN', 'EHLO', 'MAIL FROM', 'RCPT TO', 'DATA')
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 499 }), commands, fc.string(), (responseCode, command, words) => {
      expect(judgeFailure({ responseCode, command, response: `${responseCode} ${words}` })).toBe('later')
    }),
  )
})
