import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestPerson } from '../../../testing/index.ts'
import { behindProxy } from '../testing/visitor.ts'

let app: TestApp
let ada: TestPerson
let picture: string

beforeAll(async () => {
  app = await startTestApp({ environment: behindProxy })
  ada = await app.person('Ada')
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#1f4fd8' } })
    .png()
    .toBuffer()
  picture = bytes.toString('base64')
})
afterAll(() => app[Symbol.asyncDispose]())

const avatarIn = ({ body }: { body: unknown }) => (body as { user: { avatar: string | null } }).user.avatar

test('a picture is served from here as a picture and as nothing else, and a new one has another address', async () => {
  const first = avatarIn(await ada.call('PUT', '/users/me/avatar', { image: picture }))!
  expect(avatarIn(await ada.call('GET', '/users/me'))).toBe(first)
  const served = await fetch(`${app.url}${first}`)
  expect(served.status).toBe(200)
  expect(Object.fromEntries(served.headers)).toMatchObject({
    'content-type': 'image/webp',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'content-disposition': 'inline; filename="avatar.webp"',
  })
  expect((await sharp(Buffer.from(await served.arrayBuffer())).metadata()).format).toBe('webp')

  const second = avatarIn(await ada.call('PUT', '/users/me/avatar', { image: picture }))!
  expect(second).not.toBe(first)
  expect((await fetch(`${app.url}${first}`)).status).toBe(404)
  expect(avatarIn(await ada.call('DELETE', '/users/me/avatar'))).toBe(null)
  expect((await fetch(`${app.url}${second}`)).status).toBe(404)
})

test.each([
  ['no base64', { image: 'not base64!' }, 400, 'input.invalid'],
  ['nothing', { image: '' }, 400, 'input.invalid'],
  ['an address to fetch it from', { image: 'aGVsbG8=', url: 'http://169.254.169.254/' }, 400, 'input.invalid'],
  ['svg', { image: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64') }, 400, 'avatar.refused'],
  ['a megabyte', { image: 'A'.repeat(1_000_000) }, 400, 'input.invalid'],
  ['more than a request may hold', { image: 'A'.repeat(1_100_000) }, 413, 'input.too_large'],
])('%s is refused', async (_what, body, status, code) => {
  const answer = await ada.call('PUT', '/users/me/avatar', body)
  expect([answer.status, (answer.body as { code: string }).code]).toEqual([status, code])
})

test.each(['..%2f..%2fetc%2fpasswd', 'a'.repeat(22), `${'a'.repeat(22)}.webp`, '%00.webp', `${'a'.repeat(22)}.webp%00.png`])(
  '/avatars/%s is nothing',
  async (file) => {
    expect((await fetch(`${app.url}/avatars/${file}`)).status).toBe(404)
  },
)
