import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { FailurePolicy } from '../../src/index.ts'

/**
 * What the way to the server does with a request: `up` carries it there and back; `down` finds no server; `proxy` meets one that
 * cannot reach it; `lost` carries it there and loses the answer; `hangs` does not carry it, and answers never; `late` does not
 * carry it until the way is changed again.
 */
export type Way = 'up' | 'down' | 'proxy' | 'lost' | 'hangs' | 'late'
export const ways: readonly Way[] = ['up', 'down', 'proxy', 'lost', 'hangs', 'late']

interface Event {
  id: string
  feature: string
  amount: number
  at?: string
  requestId?: string
}

interface Features {
  [feature: string]: { limit: number; policy: FailurePolicy }
}

/** The rules of the real server about ids and limits, in a few lines, behind a `fetch` whose way can be cut. */
export class ModelServer {
  way: Way = 'up'
  tenantId = 'ten_one'
  /** Units counted, by feature. */
  readonly used = new Map<string, number>()
  /** How often something was counted for a request id, and for an event id. */
  readonly effects = new Map<string, number>()
  /** What was taken ahead, by lease: `used` is null until it is settled. */
  readonly leases = new Map<string, { feature: string; units: number; used: number | null; endsAt: number }>()
  /** Does something to a lease's token before it is sent. */
  tamper: (token: string) => string = (token) => token
  readonly signer = generateKeyPairSync('ed25519')
  readonly #taken = new Map<string, string>()
  readonly calls: string[] = []
  readonly #features: Features
  readonly #requests = new Map<string, { allowed: boolean; feature: string; amount: number }>()
  readonly #events = new Map<string, string>()
  #late: (() => void)[] = []

  constructor(features: Features) {
    this.#features = features
  }

  /** Changes the way; what was late arrives first. */
  become(way: Way): void {
    for (const carryOut of this.#late.splice(0)) carryOut()
    this.way = way
  }

  /** A `fetch` of one program; after `end` it hears nothing any more. */
  connect(): { fetch: typeof globalThis.fetch; end: () => void } {
    let isAlive = true
    const fetch = async (input: unknown, init?: RequestInit): Promise<Response> => {
      const answer = () => this.#answer(new URL(String(input)).pathname, init?.body ? JSON.parse(String(init.body)) : {})
      if (!isAlive) return new Promise(() => undefined)
      const response = await this.#carry(answer, init?.signal ?? null)
      return isAlive ? response : new Promise(() => undefined)
    }
    return {
      fetch: fetch as typeof globalThis.fetch,
      end: () => {
        isAlive = false
      },
    }
  }

  async #carry(answer: () => Response, signal: AbortSignal | null): Promise<Response> {
    const failed = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
    switch (this.way) {
      case 'up':
        return answer()
      case 'down':
        throw failed('ECONNREFUSED')
      case 'proxy':
        return new Response('<h1>Bad gateway</h1>', { status: 502 })
      case 'lost':
        answer()
        throw failed('ECONNRESET')
      case 'late':
        this.#late.push(answer)
        break
      case 'hangs':
    }
    return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
  }

  #answer(path: string, body: Record<string, unknown>): Response {
    this.calls.push(path)
    if (path === '/api/v1/features') return json(this.#tellFeatures())
    if (path === '/api/v1/authorize') return json(this.#authorize(body as { feature: string; amount: number; requestId: string }))
    if (path === '/api/v1/usage') return json(this.#track(body.events as Event[]))
    if (path === '/.well-known/jwks.json')
      return json({ keys: [{ ...this.signer.publicKey.export({ format: 'jwk' }), kid: 'one' }] })
    if (path === '/api/v1/leases')
      return json(this.#takeLease(body as { feature: string; units: number; expiresIn: number; requestId: string }))
    const settled = /^\/api\/v1\/leases\/(.+)\/settle$/.exec(path)?.[1]
    if (settled) return this.#settleLease(settled, body.used as number)
    return json({ code: 'route.not_found', status: 404 }, 404)
  }

  #tellFeatures() {
    const features = Object.entries(this.#features).map(([feature, { policy }]) => ({
      feature,
      name: feature,
      kind: 'metered',
      unit: 'unit',
      failurePolicy: policy,
    }))
    return { tenantId: this.tenantId, features }
  }

  #authorize({ feature, amount, requestId }: { feature: string; amount: number; requestId: string }) {
    const { limit } = this.#features[feature]!
    const before = this.#requests.get(requestId)
    const used = this.used.get(feature) ?? 0
    const allowed = before ? before.allowed : used + amount <= limit
    if (!before) {
      this.#requests.set(requestId, { allowed, feature, amount })
      if (allowed) this.#count(requestId, feature, amount)
    }
    return {
      allowed,
      decisionId: `dec_${requestId}`,
      code: allowed ? 'allowed' : 'quota.limit_reached',
      step: allowed ? null : 'quota',
      feature,
      amount,
      remaining: limit - (this.used.get(feature) ?? 0),
      limit,
      resetsAt: null,
      remedies: [],
    }
  }

  #takeLease({ feature, units, expiresIn, requestId }: { feature: string; units: number; expiresIn: number; requestId: string }) {
    const { limit } = this.#features[feature]!
    const leaseId = this.#taken.get(requestId) ?? `lease-${this.leases.size + 1}`
    if (!this.leases.has(leaseId)) {
      if ((this.used.get(feature) ?? 0) + units > limit) return { lease: null }
      this.#taken.set(requestId, leaseId)
      this.leases.set(leaseId, { feature, units, used: null, endsAt: performance.now() + expiresIn * 1000 })
      this.used.set(feature, (this.used.get(feature) ?? 0) + units)
    }
    const exp = Math.floor((Date.now() + this.leases.get(leaseId)!.endsAt - performance.now()) / 1000)
    const iat = Math.floor(Date.now() / 1000)
    return { lease: { token: this.tamper(this.sign({ jti: leaseId, feature, units, nonce: requestId, iat, exp })) } }
  }

  sign(claims: object, { key = this.signer.privateKey, head = {} }: { key?: KeyObject; head?: object } = {}): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const body = { aud: 'tollkeeper-lease', sub: this.tenantId, caller: 'key_one', ...claims }
    const signed = `${part({ alg: 'EdDSA', typ: 'tollkeeper-lease+jwt', kid: 'one', ...head })}.${part(body)}`
    return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`
  }

  #settleLease(leaseId: string, used: number): Response {
    const lease = this.leases.get(leaseId)
    if (!lease) return json({ code: 'reservation.not_found', status: 404 }, 404)
    if (lease.used !== null && lease.used !== used) return json({ code: 'reservation.settled', status: 409 }, 409)
    if (used > lease.units) return json({ code: 'reservation.amount_above', status: 422 }, 422)
    if (lease.used === null) this.used.set(lease.feature, this.used.get(lease.feature)! - lease.units + used)
    lease.used = used
    return json({ leaseId, used })
  }

  #track(events: Event[]) {
    const fates = events.map((event) => ({ id: event.id, path: null, ...this.#trackOne(event) }))
    const count = (state: string) => fates.filter((fate) => fate.state === state).length
    return { counted: count('counted'), duplicates: count('duplicate'), rejected: count('rejected'), events: fates }
  }

  #trackOne({ id, feature, amount, at, requestId }: Event): { state: string; code: string | null } {
    const content = JSON.stringify([feature, amount, at])
    const known = this.#events.get(id)
    if (known !== undefined)
      return known === content ? { state: 'duplicate', code: null } : { state: 'rejected', code: 'quota.event_conflict' }
    const request = requestId === undefined ? undefined : this.#requests.get(requestId)
    if (request?.allowed) return { state: 'duplicate', code: null }
    if (Date.parse(at!) > Date.now() + 300_000) return { state: 'rejected', code: 'quota.event_in_future' }
    if (Date.parse(at!) < Date.now() - 32 * 86_400_000) return { state: 'rejected', code: 'quota.event_too_old' }
    this.#events.set(id, content)
    this.#count(requestId ?? id, feature, amount)
    if (requestId !== undefined && !request) this.#requests.set(requestId, { allowed: true, feature, amount })
    return { state: 'counted', code: null }
  }

  #count(id: string, feature: string, amount: number): void {
    this.used.set(feature, (this.used.get(feature) ?? 0) + amount)
    this.effects.set(id, (this.effects.get(id) ?? 0) + 1)
  }
}

function json(body: object, status = 200): Response {
  const type = status === 200 ? 'application/json' : 'application/problem+json'
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': type } })
}
