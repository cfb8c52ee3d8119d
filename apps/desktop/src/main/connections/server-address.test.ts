import { expect, test } from 'vitest'
import { ConsoleError } from '../console-error.ts'
import { isSameServer } from './same-server.ts'
import { serverAddress } from './server-address.ts'

function refusal(typed: string): string {
  try {
    return `taken as ${serverAddress(typed)}`
  } catch (error) {
    if (error instanceof ConsoleError) return error.failure.code
    throw error
  }
}

test.each([
  ['https://accounts.example.com', 'https://accounts.example.com'],
  ['https://accounts.example.com/', 'https://accounts.example.com'],
  ['  HTTPS://Accounts.Example.com:443  ', 'https://accounts.example.com'],
  ['accounts.example.com', 'https://accounts.example.com'],
  ['accounts.example.com:8443', 'https://accounts.example.com:8443'],
  ['localhost:4000', 'http://localhost:4000'],
  ['127.0.0.1:4000', 'http://127.0.0.1:4000'],
  ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
  ['http://[::1]:4000', 'http://[::1]:4000'],
])('%s is taken as %s', (typed, url) => {
  expect(serverAddress(typed)).toBe(url)
})

test.each(['http://accounts.example.com', 'http://10.0.0.1', 'http://localhost.evil.example', 'http://127.0.0.1.evil.example'])(
  'plain http to another machine is refused: %s',
  (typed) => expect(refusal(typed)).toBe('console.address_insecure'),
)

test.each([
  '',
  'https://',
  'ftp://accounts.example.com',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://user:secret@accounts.example.com',
  'https://accounts.example.com/path',
  'https://accounts.example.com/?query',
  'https://accounts.example.com/#fragment',
  'https://accounts example.com',
])('%s is not the address of a server', (typed) => {
  expect(refusal(typed)).toBe('console.address_invalid')
})

test('this machine has several names, other machines have one', () => {
  const same = (one: string, other: string) => isSameServer(new URL(one), new URL(other))
  expect(same('http://127.0.0.1:4000', 'http://localhost:4000')).toBe(true)
  expect(same('http://127.0.0.1:4000', 'http://localhost:4001')).toBe(false)
  expect(same('http://127.0.0.1:4000', 'https://localhost:4000')).toBe(false)
  expect(same('https://a.example', 'https://a.example')).toBe(true)
  expect(same('https://a.example', 'https://b.example')).toBe(false)
})
