import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from './app-error.ts'
import { type Caller, callerId } from './caller.ts'
import { addressBucket } from './client-address.ts'
import type { RequestContext } from './context.ts'

/** The brakes there are. */
export type LimitName = 'none' | 'read' | 'write' | 'sign_in' | 'mail' | 'costly'

/** Calls per caller, or per address while nobody has signed in, and the seconds they are counted over. Charged per call, not per request. */
const limits: Record<Exclude<LimitName, 'none'>, { points: number; duration: number }> = {
  read: { points: 1200, duration: 60 },
  write: { points: 300, duration: 60 },
  sign_in: { points: 30, duration: 60 },
  mail: { points: 10, duration: 60 },
  costly: { points: 20, duration: 600 },
}

export type Brakes = ReturnType<typeof createBrakes>

/**
 * The brakes of this node.
 * @param looseness how many times the usual number of calls passes
 */
export function createBrakes(looseness = 1) {
  const limiters = Object.fromEntries(
    Object.entries(limits).map(([name, { points, duration }]) => [
      name,
      new RateLimiterMemory({ points: points * looseness, duration }),
    ]),
  )
  const refusals = new Map<string, number>()
  const noteRefusal = (brake: string) => {
    refusals.set(brake, (refusals.get(brake) ?? 0) + 1)
  }
  return {
    /** How often each brake of this node, and each of those that are counted in the database, has held somebody. */
    refusals: refusals as ReadonlyMap<string, number>,
    noteRefusal,
    /** @throws AppError rate.limited with the seconds to wait */
    async charge(context: RequestContext, limit: LimitName): Promise<void> {
      if (limit === 'none') return
      const who = isNobodyYet(context.caller) ? addressBucket(context.client.ip) : callerId(context.caller)
      try {
        await limiters[limit]!.consume(who)
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal
        noteRefusal(limit)
        throw new AppError('rate.limited', { retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) })
      }
    },
  }
}

function isNobodyYet({ kind }: Caller): boolean {
  return kind === 'anonymous' || kind === 'pending'
}
