import { expect, test } from 'vitest'
import { isThisMachine } from './find-mailbox.ts'

test('only this machine is asked for its development mailbox', () => {
  for (const host of ['localhost', 'app.localhost', '127.0.0.1', '[::1]']) expect(isThisMachine(host)).toBe(true)
  for (const host of ['example.com', 'localhost.example.com', '127.0.0.1.example.com', '10.0.0.1']) {
    expect(isThisMachine(host)).toBe(false)
  }
})
