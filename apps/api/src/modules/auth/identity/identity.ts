import type { IncomingHttpHeaders } from 'node:http'
import type pg from 'pg'
import { AppError } from '../../../kernel/app-error.ts'
import type { PendingCaller, UserCaller } from '../../../kernel/caller.ts'
import type { People } from '../../../kernel/ports/people.ts'
import type { Services } from '../../../kernel/services.ts'
import { createSystemPool } from '../../../kernel/system-pool.ts'
import { holderOfChallenge } from '../enter/challenge.ts'
import { readChallengeCookie } from '../enter/challenge-cookie.ts'
import { createPasswordHasher, type PasswordHasher } from '../password/password-hasher.ts'
import { readAccessToken } from '../token/access-token.ts'
import { SigningKeys } from '../token/signing-keys.ts'
import { VerifiedTokens } from '../token/verified-tokens.ts'
import { type BetterAuth, createBetterAuth } from './better-auth.ts'
import { LastSeen } from './last-seen.ts'
import { type LiveSession, loadSessionById, loadSessionByToken } from './load-session.ts'
import { SessionCache } from './session-cache.ts'
import { readSessionCookie } from './session-cookie.ts'

type Core = Omit<Services, 'people'>

const BETTER_AUTH_CONNECTIONS = 5

/** What this module holds for one server, behind the port `People`. */
export class Identity implements People {
  readonly betterAuth: BetterAuth
  readonly keys: SigningKeys
  readonly passwords: PasswordHasher
  #core: Core
  #pool: pg.Pool
  #sessions: SessionCache
  #tokens: VerifiedTokens
  #lastSeen: LastSeen

  constructor(core: Core, databaseUrl: string) {
    this.#core = core
    this.#pool = createSystemPool(databaseUrl, BETTER_AUTH_CONNECTIONS, core.logger, 'tollkeeper auth')
    this.#sessions = new SessionCache(core.changes)
    this.#tokens = new VerifiedTokens(core.changes, core.clock)
    this.#lastSeen = new LastSeen(this.#pool, core)
    this.keys = new SigningKeys(core)
    this.passwords = createPasswordHasher()
    this.betterAuth = createBetterAuth(this.#pool, {
      ...core,
      passwords: this.passwords,
      assertMayEnter: (userId) => assertNotSuspended(core.pool, userId),
    })
  }

  async fromCookie({ cookie }: IncomingHttpHeaders): Promise<UserCaller | PendingCaller | null> {
    if (!cookie) return null
    const { config, clock, pool } = this.#core
    const user = await this.#userOf(cookie)
    if (user) return user
    const challenge = readChallengeCookie(cookie, config)
    return challenge === null ? null : holderOfChallenge(pool, { token: challenge, carrier: 'cookie', now: clock.now() })
  }

  async fromChallenge(token: string): Promise<PendingCaller> {
    const { pool, clock } = this.#core
    const holder = await holderOfChallenge(pool, { token, carrier: 'tokens', now: clock.now() })
    if (!holder) throw new AppError('auth.challenge_ended')
    return holder
  }

  async #userOf(cookie: string): Promise<UserCaller | null> {
    const { config, secrets, pool } = this.#core
    const token = readSessionCookie(cookie, { config, secret: secrets.auth })
    if (token === null) return null
    const session = await this.#sessions.get(`token ${token}`, () => loadSessionByToken(pool, token))
    if (!session || session.suspended || !this.#isLive(session)) return null
    this.#lastSeen.note(session.sessionId)
    return toCaller(session, 'cookie')
  }

  async fromAccessToken(token: string): Promise<UserCaller> {
    const { publicUrl, clock, pool } = this.#core
    const { sessionId, userId } = await this.#tokens.get(token, () => readAccessToken({ keys: this.keys, publicUrl, clock }, token))
    const session = await this.#sessions.get(`id ${sessionId}`, () => loadSessionById(pool, sessionId))
    if (!session || session.userId !== userId || !this.#isLive(session)) throw new AppError('auth.session_ended')
    if (session.suspended) throw new AppError('auth.user_suspended')
    this.#lastSeen.note(session.sessionId)
    return toCaller(session, 'access_token')
  }

  async close(): Promise<void> {
    await this.#lastSeen.close()
    await this.#pool.end()
  }

  #isLive({ expiresAt }: LiveSession): boolean {
    return expiresAt > this.#core.clock.now().getTime()
  }
}

/** Who comes in, and by what; the port the rest of the server asks. */
export async function createPeople(core: Core, databaseUrl: string): Promise<People & { close(): Promise<void> }> {
  const identity = new Identity(core, databaseUrl)
  await Promise.all([identity.betterAuth.$context, identity.keys.current()])
  return identity
}

/** This module's own side of the port. */
export function identityOf({ people }: Services): Identity {
  if (people instanceof Identity) return people
  throw new Error('The server was put together with people that the auth module did not make')
}

async function assertNotSuspended(pool: pg.Pool, userId: string): Promise<void> {
  const { rows } = await pool.query<{ status: string }>('select status from "user" where id = $1', [userId])
  if (rows[0]?.status !== 'active') throw new AppError('auth.user_suspended')
}

function toCaller(
  { userId, sessionId, operatorRole, impersonatorId, provedAt, secondFactor, memberships }: LiveSession,
  via: UserCaller['via'],
): UserCaller {
  return { kind: 'user', userId, sessionId, via, operatorRole, impersonatorId, provedAt, secondFactor, memberships }
}
