import { expect, test } from 'vitest'
import { type Command, matching } from './command.ts'

const command = (label: string, also?: string): Command => ({
  id: label,
  group: 'Go to',
  label,
  also,
  icon: null,
  run: () => undefined,
})
const commands = [command('Users', 'people'), command('Tenants', 'customers'), command('Dark theme')]
const found = (search: string) => matching(commands, search).map(({ label }) => label)

test('every word must begin a word of the command, in any order', () => {
  expect(found('')).toEqual(['Users', 'Tenants', 'Dark theme'])
  expect(found('the da')).toEqual(['Dark theme'])
  expect(found('sers')).toEqual([])
  expect(found('dark users')).toEqual([])
})

test('a command is found by other words for the same thing', () => {
  expect(found('PEOPLE')).toEqual(['Users'])
  expect(found('go cust')).toEqual(['Tenants'])
})
