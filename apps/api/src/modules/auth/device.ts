import { randomBytes, randomInt } from 'node:crypto'
import { LockMode } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import { DeviceCode } from '@tollkeeper/db'
import type { DeviceRequest, DeviceStarted, SignedIn } from '@tollkeeper/shared'
import type { z } from 'zod'
import { AppError } from '../../kernel/app-error.ts'
import type { RequestContext, UserContext } from '../../kernel/context.ts'
import { inSystem, inSystemTransaction } from '../../kernel/in-transaction.ts'
import { newId } from '../../kernel/new-id.ts'
import { writeAudit } from '../audit/index.ts'
import { recordFailedWayOf, recordNobodysWay } from './attempt/failed-way.ts'
import { enterByTokens } from './enter/enter.ts'
import { hashOfToken } from './token/refresh-token.ts'

/** Seconds. */
const CODE_LIFETIME = 600
const INTERVAL = 5
/** Letters that spell no words and are not mistaken for each other (RFC 8628 §6.1). */
const USER_CODE_ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ'
const USER_CODE_LENGTH = 8

/** Begins to sign in a device that cannot show a page of ours: the person types its code into one. */
export async function startDevice(
  { services }: RequestContext,
  { client }: { client: 'console' | 'cli' },
): Promise<z.infer<typeof DeviceStarted>> {
  const deviceCode = randomBytes(32).toString('base64url')
  const userCode = Array.from({ length: USER_CODE_LENGTH }, () => USER_CODE_ALPHABET[randomInt(USER_CODE_ALPHABET.length)]).join('')
  await inSystemTransaction(services, async ({ em, now }) => {
    em.create(DeviceCode, {
      id: newId('device', now.getTime()),
      deviceCode: hashOfToken(deviceCode),
      userCode,
      clientId: client,
      status: 'pending',
      expiresAt: new Date(now.getTime() + CODE_LIFETIME * 1000),
      pollingInterval: INTERVAL,
    })
  })
  const verificationUri = `${services.publicUrl}/device`
  const shown = shownCode(userCode)
  return {
    deviceCode,
    userCode: shown,
    verificationUri,
    verificationUriComplete: `${verificationUri}?user_code=${shown}`,
    expiresIn: CODE_LIFETIME,
    interval: INTERVAL,
  }
}

/**
 * Asks whether the person has answered. An approved code gives one session, to the first who asks.
 * @throws AppError auth.device_pending, auth.device_slow_down, auth.device_denied, auth.device_expired, auth.user_suspended
 */
export async function pollDevice(ctx: RequestContext, { deviceCode }: { deviceCode: string }): Promise<SignedIn> {
  const { services } = ctx
  const outcome = await inSystemTransaction(services, ({ em, now }) => takeAnswer(em, deviceCode, now))
  if (outcome instanceof AppError) {
    if (outcome.code === 'auth.device_expired') await recordNobodysWay(ctx, 'device')
    throw outcome
  }
  if ('deniedBy' in outcome) {
    await recordFailedWayOf(ctx, { userId: outcome.deniedBy, method: 'device', reason: 'denied' })
    throw new AppError('auth.device_denied')
  }
  const { userId, approvedWith } = outcome
  return enterByTokens(ctx, { userId, method: 'device', ...(approvedWith ? { secondFactor: 'approval' as const } : {}) })
}

interface Approved {
  userId: string
  /** The second factor of the session that let the device in; null: it had none. */
  approvedWith: string | null
}

async function takeAnswer(em: EntityManager, deviceCode: string, now: Date): Promise<Approved | { deniedBy: string } | AppError> {
  const request = await em.findOne(DeviceCode, { deviceCode: hashOfToken(deviceCode) }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!request || request.expiresAt <= now) return new AppError('auth.device_expired')
  const { status, userId, lastPolledAt } = request
  if (status !== 'pending') {
    em.remove(request)
    if (!userId) return new AppError('auth.device_denied')
    return status === 'approved' ? { userId, approvedWith: request.approvedWith ?? null } : { deniedBy: userId }
  }
  const interval = request.pollingInterval ?? INTERVAL
  const early = lastPolledAt !== null && lastPolledAt !== undefined && now.getTime() - lastPolledAt.getTime() < interval * 1000
  request.lastPolledAt = now
  if (early) request.pollingInterval = interval + 5
  return new AppError(early ? 'auth.device_slow_down' : 'auth.device_pending')
}

/** What a person sees before they answer. @throws AppError auth.device_expired */
export function describeDevice(
  { services }: UserContext,
  { userCode }: { userCode: string },
): Promise<z.infer<typeof DeviceRequest>> {
  return inSystem(services, async (em) => {
    const request = await em.findOne(DeviceCode, { userCode: bareCode(userCode), expiresAt: { $gt: services.clock.now() } })
    if (!request) throw new AppError('auth.device_expired')
    const status = request.status === 'approved' || request.status === 'denied' ? request.status : 'pending'
    return {
      userCode: shownCode(request.userCode),
      client: request.clientId ?? 'console',
      status,
      expiresAt: request.expiresAt.toISOString(),
    }
  })
}

/** Lets a device in as the caller, or sends it away. A code is answered once. @throws AppError auth.device_expired */
export async function answerDevice(
  ctx: UserContext,
  { userCode }: { userCode: string },
  answer: 'approved' | 'denied',
): Promise<{ done: true }> {
  const { services, caller, requestId } = ctx
  await inSystemTransaction(services, async ({ em, now }) => {
    const answered = await em.nativeUpdate(
      DeviceCode,
      { userCode: bareCode(userCode), status: 'pending', expiresAt: { $gt: now } },
      { status: answer, userId: caller.userId, approvedWith: caller.secondFactor },
    )
    if (answered === 0) throw new AppError('auth.device_expired')
    writeAudit(em, { tenantId: null, action: `device.${answer}`, caller, requestId, at: now })
  })
  return { done: true }
}

function shownCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/** As a person may type it: in small letters, with or without the dash. */
function bareCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
}
