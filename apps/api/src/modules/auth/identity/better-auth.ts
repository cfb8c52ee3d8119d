import { betterAuth } from 'better-auth'
import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import { newId } from '../../../kernel/new-id.ts'
import type { Services } from '../../../kernel/services.ts'
import { SESSION_LIFETIME } from '../enter/open-session.ts'
import type { PasswordHasher } from '../password/password-hasher.ts'
import { sessionCookie } from './session-cookie.ts'
import { socialProviders } from './social-providers.ts'

/** The header in which our own code, and nobody else, tells better-auth the caller's address. */
export const CLIENT_ADDRESS_HEADER = 'x-tollkeeper-client-address'

type Needs = Pick<Services, 'config' | 'publicUrl' | 'secrets' | 'clock' | 'logger'> & {
  passwords: PasswordHasher
  /** Throws for who may not have a session, whatever they proved. */
  assertMayEnter: (userId: string) => Promise<void>
}

export type BetterAuth = ReturnType<typeof createBetterAuth>

/**
 * better-auth over our tables. It gets connections of its own, through plain node-postgres: over the ORM's connections dates
 * arrive as text, and expired sessions pass for live ones.
 */
export function createBetterAuth(pool: pg.Pool, needs: Needs) {
  return betterAuth(betterAuthOptions(pool, needs))
}

export function betterAuthOptions(pool: pg.Pool, { config, publicUrl, secrets, clock, logger, passwords, assertMayEnter }: Needs) {
  const timestamps = { createdAt: 'created_at', updatedAt: 'updated_at' }
  const social = socialProviders(config)
  return {
    appName: 'Tollkeeper',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret: secrets.auth,
    trustedOrigins: [new URL(publicUrl).origin],
    telemetry: { enabled: false },
    logger: {
      level: 'warn' as const,
      log: (level: string, message: string) => {
        logger[level === 'error' ? 'error' : 'debug']({ betterAuth: message }, 'better-auth')
      },
    },
    database: { db: new Kysely<never>({ dialect: new PostgresDialect({ pool }) }), type: 'postgres' as const, transaction: true },
    socialProviders: social.builtIn,
    plugins: social.plugins,
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      autoSignIn: false,
      requireEmailVerification: true,
      revokeSessionsOnPasswordReset: true,
      minPasswordLength: 1,
      maxPasswordLength: 1024,
      password: {
        hash: passwords.hash,
        verify: ({ hash, password }: { hash: string; password: string }) => passwords.verify(hash, password),
      },
    },
    user: {
      modelName: 'user',
      fields: { emailVerified: 'email_verified', ...timestamps },
      additionalFields: {
        status: { type: 'string' as const, required: false, input: false, defaultValue: 'active' },
        operatorRole: { type: 'string' as const, required: false, input: false, fieldName: 'operator_role' },
      },
      validateUserInfo: ({ user, source }: { user: { emailVerified?: boolean }; source: { action: string } }) =>
        source.action !== 'sign-in' && user.emailVerified !== true
          ? { error: 'email_not_verified', errorDescription: 'Verify your address there first.' }
          : undefined,
    },
    session: {
      modelName: 'session',
      fields: { userId: 'user_id', expiresAt: 'expires_at', ipAddress: 'ip_address', userAgent: 'user_agent', ...timestamps },
      expiresIn: SESSION_LIFETIME,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    account: {
      modelName: 'account',
      fields: {
        userId: 'user_id',
        providerId: 'provider_id',
        accountId: 'account_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...timestamps,
      },
      encryptOAuthTokens: true,
      accountLinking: { enabled: true, trustedProviders: [], allowDifferentEmails: false, requireLocalEmailVerified: true },
    },
    verification: {
      modelName: 'verification',
      fields: { expiresAt: 'expires_at', ...timestamps },
      storeIdentifier: 'hashed' as const,
    },
    // http/auth-mount.ts brakes before anything gets here; this one counts for all servers of a process together
    rateLimit: { enabled: false },
    onAPIError: { errorURL: `${publicUrl}/sign-in` },
    advanced: {
      database: { generateId: ({ model }: { model: string }) => newId(idKindOf(model), clock.now().getTime()) },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      useSecureCookies: false,
      // said out loud, as better-auth leaves both out by itself where NODE_ENV is `test`
      disableOriginCheck: false,
      disableCSRFCheck: false,
      cookiePrefix: sessionCookie(config).prefix,
      cookies: { session_token: { name: sessionCookie(config).name } },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' as const, secure: config.production, path: '/' },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session: { userId: string }) => {
            await assertMayEnter(session.userId)
            // no more than a proof of who came: over before it begins, until enter.ts makes a session of it
            const now = clock.now()
            return { data: { createdAt: now, updatedAt: now, expiresAt: now } }
          },
        },
      },
      account: {
        // an id token proves who somebody is to anyone who reads it, and nothing here reads it twice
        create: { before: async () => ({ data: { idToken: null } }) },
        update: { before: async (account: object) => ('idToken' in account ? { data: { idToken: null } } : undefined) },
      },
    },
  }
}

function idKindOf(model: string): 'user' | 'session' | 'account' | 'verification' {
  if (model === 'user' || model === 'session' || model === 'account' || model === 'verification') return model
  throw new Error(`better-auth wants an id for ${model}, which is no table of ours`)
}
