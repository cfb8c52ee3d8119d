import { getMigrations } from 'better-auth/db/migration'
import { expect, test } from 'vitest'
import { createLogger } from '../../../kernel/logger.ts'
import { createSystemPool } from '../../../kernel/system-pool.ts'
import { startTestApp } from '../../../testing/index.ts'
import { createPasswordHasher } from '../password/password-hasher.ts'
import { betterAuthOptions } from './better-auth.ts'

test('our migrations hold every table and column better-auth wants', async () => {
  await using app = await startTestApp()
  await using pool = closing(createSystemPool(app.services.config.database.url!, 2, createLogger('silent')))
  const options = betterAuthOptions(pool.pool, {
    ...app.services,
    passwords: createPasswordHasher(),
    assertMayEnter: async () => undefined,
  })
  const { toBeCreated, toBeAdded } = await getMigrations(options)
  expect({ toBeCreated, toBeAdded }).toEqual({ toBeCreated: [], toBeAdded: [] })
})

test('its address is the configured one, it trusts no other origin, caches no session in a cookie and reports to nobody', async () => {
  await using app = await startTestApp({ environment: { TOLLKEEPER_URL: 'https://accounts.example.com/' } })
  await using pool = closing(createSystemPool(app.services.config.database.url!, 1, createLogger('silent')))
  const options = betterAuthOptions(pool.pool, {
    ...app.services,
    passwords: createPasswordHasher(),
    assertMayEnter: async () => undefined,
  })
  expect(options).toMatchObject({
    baseURL: 'https://accounts.example.com',
    trustedOrigins: ['https://accounts.example.com'],
    telemetry: { enabled: false },
    session: { cookieCache: { enabled: false } },
    emailAndPassword: {
      requireEmailVerification: true,
      autoSignIn: false,
      disableSignUp: true,
      revokeSessionsOnPasswordReset: true,
    },
    account: { encryptOAuthTokens: true },
  })
})

function closing(pool: ReturnType<typeof createSystemPool>) {
  return { pool, [Symbol.asyncDispose]: () => pool.end() }
}
