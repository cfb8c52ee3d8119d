import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { expiredSessionCookie, readSessionCookie, sessionCookie } from './session-cookie.ts'

const secret = 'a secret of this test'
const development = { config: { production: false }, secret }
const signature = (token: string, with_ = secret) => createHmac('sha256', with_).update(token).digest('base64')
const cookie = (value: string) => `tollkeeper.session=${encodeURIComponent(value)}`

test('only a token that this server signed is read, among whatever other cookies there are', () => {
  expect(readSessionCookie(`a=b; ${cookie(`tok.${signature('tok')}`)}; c=d`, development)).toBe('tok')
})

test.each([
  ['no signature', cookie('tok')],
  ['an empty signature', cookie('tok.')],
  ['an empty token', cookie(`.${signature('')}`)],
  ['the signature of another token', cookie(`tok.${signature('other')}`)],
  ['a signature by another secret', cookie(`tok.${signature('tok', 'guess')}`)],
  ['a broken escape', 'tollkeeper.session=%E0%A4%A'],
  ['another name that ends alike', `xtollkeeper.session=${encodeURIComponent(`tok.${signature('tok')}`)}`],
  ['nothing', ''],
  ['the cookie of production', `__Host-tollkeeper.session=${encodeURIComponent(`tok.${signature('tok')}`)}`],
])('%s is no session', (_, header) => {
  expect(readSessionCookie(header, development)).toBe(null)
})

test('a false cookie planted before the true one does not hide it', () => {
  expect(readSessionCookie(`${cookie('planted.x')}; ${cookie(`tok.${signature('tok')}`)}`, development)).toBe('tok')
})

test('in production the cookie is bound to this host, and is sent over TLS alone', () => {
  expect(sessionCookie({ production: true }).name).toBe('__Host-tollkeeper.session')
  expect(expiredSessionCookie({ production: true })).toBe(
    '__Host-tollkeeper.session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure',
  )
})
