import { expect, test } from 'vitest'
import { readPeople } from './read-people.ts'

const ada = { email: 'ada@example.com', name: 'Ada, "the" first', verified: true, hash: '$2b$10$abc,def' }
const bob = { email: 'bob@example.com', name: 'Bob', verified: false, hash: '$argon2id$v=19$m=1,t=1,p=1$a$b' }
const csv = `hash,Email,verified,name\r\n"${ada.hash}",${ada.email},yes,"Ada, ""the"" first"\r\n\r\n"${bob.hash}",${bob.email},0,Bob\r\n`

test.each([
  ['a JSON list', JSON.stringify([ada, bob])],
  ['JSON lines', `${JSON.stringify(ada)}\n\n${JSON.stringify(bob)}\n`],
  ['CSV with its columns in any order', csv],
])('%s is read as the same people', (_name, text) => {
  expect(readPeople(text)).toEqual({ users: [ada, bob], faults: [] })
})

test('what cannot be read is told with its place, and the rest goes on', () => {
  const { users, faults } = readPeople(`${JSON.stringify(ada)}\n{"email":"x"}\n{broken\n`)
  expect(users).toEqual([ada])
  expect(faults.map(({ place }) => place)).toEqual(['Line 2', 'Line 3'])
  expect(readPeople('[1').faults).toHaveLength(1)
  expect(readPeople('email,name\na@b.example,A').faults).toEqual([
    { place: 'Line 1', message: 'The head line lacks verified, hash.' },
  ])
  expect(readPeople('  \n')).toEqual({ users: [], faults: [] })
})
