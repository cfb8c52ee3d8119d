import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from './app-error.ts'
import { callerId } from './caller.ts'
import type { RequestContext } from './context.ts'

/** Calls per caller, or per address while nobody has signed in, and the seconds they are counted over. Charged per call, not per request. */
/** The brakes there are. */
export type LimitName = 'none' | 'read' | 'write' | 'sign_in' | 'mail'

const limits: Record<Exclude<LimitName, 'none'>, { points: number; duration: number }> = {
  read: { points: 1200, duration: 60 },
  write: { points: 300, duration: 60 },
  sign_in: { points: 30, duration: 60 },
  mail: { points: 10, duration: 60 },
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
  return {
    /** @throws AppError rate.limited with the seconds to wait */
    async charge(context: RequestContext, limit: LimitName): Promise<void> {
      if (limit === 'none') return
      const who = context.caller.kind === 'anonymous' ? addressBucket(context.client.ip) : callerId(context.caller)
      try {
        await limiters[limit]!.consume(who)
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal
        throw new AppError('rate.limited', { retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) })
      }
    },
  }
}

/** One subscriber line is handed a whole IPv6 /64, so its addresses share a bucket, however they are spelled. */
export function addressBucket(ip: string): string {
  const bare = ip.replace(/%.*$/, '').toLowerCase()
  const mapped = /^(?:::ffff:|0*(?::0*)*:ffff:)(\d+\.\d+\.\d+\.\d+)$/.exec(bare)
  if (mapped) return mapped[1]!
  if (!bare.includes(':')) return bare
  const url = new URL(`http://[${bare}]/`)
  const [head = '', tail] = url.hostname.slice(1, -1).split('::')
  const left = head ? head.split(':') : []
  const right = tail ? tail.split(':') : []
  const groups = tail === undefined ? left : [...left, ...Array(8 - left.length - right.length).fill('0'), ...right]
  return groups.slice(0, 4).join(':')
}
