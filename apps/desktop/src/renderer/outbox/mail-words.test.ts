import { expect, test } from 'vitest'
import { serverWords } from './mail-words.ts'

test.each([
  ["Can't send mail - all recipients were rejected: 550 5.1.1 User unknown", '550 5.1.1 User unknown'],
  ['Message failed: 554-5.7.1 Blocked', '554-5.7.1 Blocked'],
  ['connect ECONNREFUSED 127.0.0.1:2525', 'connect ECONNREFUSED 127.0.0.1:2525'],
])('of %j the list shows what the mail server said', (error, words) => {
  expect(serverWords(error)).toBe(words)
})
