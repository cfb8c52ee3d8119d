import { send } from '../../http/call.ts'
import type { Settings } from '../../settings.ts'
import { type LeaseClaims, type LeaseKeys, verifyLease } from './verify-lease.ts'

interface AskedLease {
  feature: string
  units: number
  /** Seconds. */
  expiresIn: number
  tenantId: string
  /** The same again is answered with the same lease. */
  requestId: string
  /** Milliseconds since 1970. */
  now: number
}

/** How far the clocks of the two machines may be apart. */
const CLOCKS_APART_MS = 300_000
const KEYS_MS = 5_000

/** Where leases come from and go back to: the server, of whose word only what it signed counts. */
export class LeaseSource {
  readonly #settings: Settings
  #keys: LeaseKeys | null = null

  constructor(settings: Settings) {
    this.#settings = settings
  }

  /**
   * Takes one, made out for exactly this question.
   * @returns null where the server gives none
   * @throws Error where what came is not that; TollkeeperError, TollkeeperUnreachable
   */
  async take({ tenantId, now, requestId, ...asked }: AskedLease): Promise<LeaseClaims | null> {
    const body = JSON.stringify({ ...asked, requestId })
    const call = { method: 'POST', path: '/leases', body, requestId } as const
    const { lease } = await send<{ lease: { token: string } | null }>(this.#settings, call)
    if (!lease) return null
    const claims = await this.#verified(lease.token)
    if (claims.tenantId !== tenantId) throw new Error('This lease belongs to another tenant.')
    if (claims.requestId !== requestId) throw new Error('This lease answers another request.')
    if (claims.feature !== asked.feature || claims.units !== asked.units) throw new Error('This lease is not the one asked for.')
    if (claims.expiresAt <= claims.issuedAt || claims.expiresAt + CLOCKS_APART_MS <= now) {
      await this.settle(claims.leaseId, 0)
      throw new Error('This lease has expired. Where it should not have, set the clock of this machine.')
    }
    return claims
  }

  /** @throws TollkeeperError, TollkeeperUnreachable */
  async settle(leaseId: string, used: number, timeoutMs?: number): Promise<void> {
    const path = `/leases/${encodeURIComponent(leaseId)}/settle`
    await send(this.#settings, { method: 'POST', path, body: JSON.stringify({ used }) }, { timeoutMs })
  }

  /** With the keys in hand; they are read again where one is missing among them. */
  async #verified(token: string): Promise<LeaseClaims> {
    try {
      if (this.#keys) return await verifyLease(token, this.#keys)
    } catch {
      // signed by a key that came after these were read, or not at all; the keys of now decide
    }
    this.#keys = await this.#readKeys()
    return verifyLease(token, this.#keys)
  }

  async #readKeys(): Promise<LeaseKeys> {
    const { fetch, url } = this.#settings
    const end = new AbortController()
    const timer = setTimeout(() => end.abort(new Error('The keys to verify leases with did not come in time.')), KEYS_MS)
    const reading = fetch(`${url}/.well-known/jwks.json`, { redirect: 'manual', signal: end.signal })
    const response = await reading.finally(() => clearTimeout(timer))
    if (!response.ok) throw new Error(`The keys to verify leases with could not be read: status ${response.status}.`)
    return (await response.json()) as LeaseKeys
  }
}
