import { expect, test } from 'vitest'
import { ConsoleFailure } from '../bridge/ask.ts'
import { fieldFaults } from './field-faults.ts'

const failure = { code: 'input.invalid', title: 'The request has faults.', next: 'Correct them.', requestId: null }
const endsAt = { path: 'endsAt', message: 'must be in the future' }

test('a fault of a field stands below it as a sentence, and nothing is left for above the form', () => {
  const error = new ConsoleFailure({ ...failure, faults: [endsAt] })
  expect(fieldFaults(error, ['endsAt', 'limit'])).toEqual({ errors: { endsAt: 'Must be in the future.' }, rest: null })
})

test('a fault of something the form has no field for is told above it, beside those it has', () => {
  const error = new ConsoleFailure({ ...failure, faults: [endsAt, { path: 'tenantId', message: 'is missing' }] })
  expect(fieldFaults(error, ['endsAt'])).toEqual({ errors: { endsAt: 'Must be in the future.' }, rest: error })
})

test('a failure that is about one field as a whole stands below it with what to do; any other stays whole', () => {
  const error = new ConsoleFailure({ ...failure, code: 'quota.paid_in_credits' })
  expect(fieldFaults(error, ['feature'], { 'quota.paid_in_credits': 'feature' })).toEqual({
    errors: { feature: 'The request has faults. Correct them.' },
    rest: null,
  })
  expect(fieldFaults(error, ['feature'])).toEqual({ errors: {}, rest: error })
  expect(fieldFaults(null, ['feature'])).toEqual({ errors: {}, rest: null })
})
