import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createLogger } from '../kernel/logger.ts'
import { startTestApp } from '../testing/index.ts'

test('every answer leaves a line with its request id, and no secret ever reaches the log', async () => {
  const lines: string[] = []
  const logger = createLogger('trace', { write: (line) => void lines.push(line) })
  await using app = await startTestApp({ logger, background: true })
  const ada = await app.person()
  const key = await app.key(ada)
  const canary = randomBytes(12).toString('hex')
  await app.call('POST', '/auth/login', { email: ada.email, password: `wrong ${canary}` })
  await app.call('GET', `/auth/verify-email?token=${canary}`)
  await app.call('POST', '/auth/refresh', { refreshToken: ada.refreshToken })
  await app.call('GET', '/users/me', undefined, { authorization: `Bearer ${canary}` })
  await app.call('POST', '//trpc/auth.signIn', { email: ada.email, password: ada.password })
  await key.call('POST', '/authorize', { feature: 'characters', requestId: 'r1' })
  await app.services.orm.em.fork().execute('alter table api_key rename to api_key_elsewhere')
  const broken = await ada.call('GET', '/api-keys')
  await app.services.orm.em.fork().execute('alter table api_key_elsewhere rename to api_key')

  const text = lines.join('')
  for (const secret of [ada.password, ada.accessToken, ada.refreshToken, key.secret, canary]) expect(text).not.toContain(secret)
  const parsed = lines.map(
    (line) => JSON.parse(line) as { msg: string; requestId?: string; route?: string; status?: number; level: number },
  )
  const requestId = broken.headers.get('x-request-id')
  expect(broken.status).toBe(500)
  expect(parsed.find((line) => line.msg === 'answered' && line.requestId === requestId)).toMatchObject({
    route: '/api/v1/api-keys',
    status: 500,
  })
  expect(parsed.some((line) => line.level === 50 && line.requestId === requestId)).toBe(true)
})
