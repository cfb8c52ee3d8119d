import { expect, test } from 'vitest'
import { policyLine, secondsIn, spanOf, spanWords } from './feature-words.ts'

test.each([
  [1, '1 second'],
  [60, '1 minute'],
  [90, '90 seconds'],
  [7_200, '2 hours'],
  [86_400, '1 day'],
])('%d seconds read %j, and are the same again when they are written', (seconds, words) => {
  expect(spanWords(seconds)).toBe(words)
  const { count, unit } = spanOf(seconds)
  expect(secondsIn(count, unit)).toBe(seconds)
})

test('a failure policy reads as what an app does without the server', () => {
  expect(policyLine({ kind: 'closed' }, 'call')).toBe('Refuses')
  expect(policyLine({ kind: 'open', cap: 500, perSeconds: 3_600 }, 'call')).toBe('Lets 500 calls pass in any hour')
  expect(policyLine({ kind: 'lease', units: 1, expiresIn: 600 }, 'call')).toBe('Takes 1 call ahead, for 10 minutes')
  expect(policyLine({ kind: 'open', cap: 20, perSeconds: 60 }, 'MB')).toBe('Lets 20 MB pass in any minute')
})
