import { RegisterInput } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import { registrationFaults } from './registration-faults.ts'

const good = { name: 'Ada', email: 'ada@example.com', password: 'tidal copper lantern' }

test('nothing is refused here that the server would take', () => {
  for (const password of ['tidal copper lantern', 'x'.repeat(12), '🗝'.repeat(12)]) {
    expect(registrationFaults({ ...good, password })).toEqual({})
    expect(RegisterInput.safeParse({ ...good, password }).success).toBe(true)
  }
})

test('each missing value is named, and a short password counts characters, not code units', () => {
  expect(Object.keys(registrationFaults({ name: '', email: '', password: '' }))).toEqual(['name', 'email', 'password'])
  const short = { ...good, password: '🗝'.repeat(11) }
  expect(registrationFaults(short).password).toBeDefined()
  expect(RegisterInput.safeParse(short).success).toBe(false)
})
