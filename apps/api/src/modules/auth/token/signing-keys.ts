import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { SigningKey, systemSession } from '@tollkeeper/db'
import type { JWK } from 'jose'
import { unseal } from '../../../kernel/seal.ts'
import type { Services } from '../../../kernel/services.ts'
import { keySeal, makeSigningKey, oneKeyChangeAtATime } from './make-signing-key.ts'
import { NEXT_AFTER_MS, outlivesTokens, SHOWN_AHEAD_MS } from './signing-key-life.ts'

type Needs = Pick<Services, 'orm' | 'clock' | 'secrets' | 'changes' | 'logger'>

interface OpenedKey {
  kid: string
  /** Null: it was sealed with another secret, so it can only be used to verify. */
  privateKey: KeyObject | null
  publicKey: KeyObject
  jwk: JWK
  createdAt: number
  signsFrom: number
  expiresAt: number
}

const READ_AGAIN_AFTER_MS = 1_000
/** Of two of one moment the one that was replaced ends first. */
const NEWEST_FIRST = { createdAt: 'desc', expiresAt: 'desc', id: 'desc' } as const

/**
 * The keys that sign access tokens and leases: replaced every 30 days, or at once (see rotateSigningKeys), shared by all nodes, sealed
 * in the database. What this node remembers of them it trusts only while the change feed is fresh.
 */
export class SigningKeys {
  #needs: Needs
  #loaded: Promise<OpenedKey[]> | null = null
  #loadedAt = 0

  constructor(needs: Needs) {
    this.#needs = needs
    needs.changes.on('signing_key', () => {
      this.#loaded = null
    })
  }

  /** The key to sign with; made when there is none, and the next one made in time. */
  async current(): Promise<{ kid: string; privateKey: KeyObject }> {
    const keys = await this.#keys()
    const { kid, privateKey } = this.#signing(this.#isNextDue(keys) ? await this.#makeNext() : keys)
    return { kid, privateKey }
  }

  /** @returns null for a key that is not ours, or has expired */
  async find(kid: string): Promise<KeyObject | null> {
    const known = this.#verifying(await this.#keys(), kid)
    if (known || performance.now() - this.#loadedAt < READ_AGAIN_AFTER_MS) return known
    // another node may have made it a moment ago
    this.#loaded = null
    return this.#verifying(await this.#keys(), kid)
  }

  /** The public halves, as anyone may read them (RFC 7517). */
  async publicKeys(): Promise<{ keys: JWK[] }> {
    await this.current()
    const now = this.#now()
    return { keys: (await this.#keys()).filter(({ expiresAt }) => expiresAt > now).map(({ jwk }) => jwk) }
  }

  #now(): number {
    return this.#needs.clock.now().getTime()
  }

  #verifying(keys: OpenedKey[], kid: string): KeyObject | null {
    const now = this.#now()
    return keys.find((key) => key.kid === kid && key.expiresAt > now)?.publicKey ?? null
  }

  #isNextDue(keys: OpenedKey[]): boolean {
    const tooOld = this.#now() - NEXT_AFTER_MS
    return !this.#able(keys).some(({ createdAt }) => createdAt > tooOld)
  }

  /** The newest key that may sign already; before there is one, the oldest. Keys are in order, newest first. */
  #signing(keys: OpenedKey[]): { kid: string; privateKey: KeyObject } {
    const now = this.#now()
    const able = this.#able(keys)
    const key = able.find(({ signsFrom }) => signsFrom <= now) ?? able.at(-1)
    if (!key) throw new Error('There is no key to sign access tokens with, although one was just made')
    return key
  }

  /** Keys that this node can open, and that verify for longer than what they sign lives. */
  #able(keys: OpenedKey[]) {
    const now = this.#now()
    return keys.flatMap(({ kid, privateKey, createdAt, signsFrom, expiresAt }) =>
      privateKey && outlivesTokens(expiresAt, now) ? [{ kid, privateKey, createdAt, signsFrom }] : [],
    )
  }

  #keys(): Promise<OpenedKey[]> {
    const loading = (this.#needs.changes.isFresh() ? this.#loaded : null) ?? this.#load()
    this.#loaded = loading
    loading.catch(() => {
      if (this.#loaded === loading) this.#loaded = null
    })
    return loading
  }

  async #load(): Promise<OpenedKey[]> {
    const { orm, clock } = this.#needs
    this.#loadedAt = performance.now()
    const rows = await systemSession(orm).transactional((em) =>
      em.find(SigningKey, { expiresAt: { $gt: clock.now() } }, { orderBy: NEWEST_FIRST }),
    )
    return rows.map((row) => this.#open(row))
  }

  async #makeNext(): Promise<OpenedKey[]> {
    const { orm, clock, secrets, changes } = this.#needs
    const now = clock.now()
    await systemSession(orm).transactional(async (em) => {
      await oneKeyChangeAtATime(em)
      const newest = await em.find(SigningKey, { expiresAt: { $gt: now } }, { orderBy: NEWEST_FIRST, limit: 5 })
      const keys = newest.map((row) => this.#open(row))
      if (!this.#isNextDue(keys)) return
      // with no other to sign until then, nobody can have been shown it ahead
      const ahead = this.#able(keys).length > 0 ? SHOWN_AHEAD_MS : 0
      makeSigningKey(em, secrets, { now, signsFrom: new Date(now.getTime() + ahead) })
    })
    await changes.catchUp()
    this.#loaded = null
    return this.#keys()
  }

  #open({ id, publicKey, privateKey, createdAt, signsFrom, expiresAt }: SigningKey): OpenedKey {
    const key = createPublicKey(publicKey)
    return {
      kid: id,
      privateKey: this.#unsealed(id, privateKey),
      publicKey: key,
      jwk: { ...(key.export({ format: 'jwk' }) as JWK), kid: id, alg: 'EdDSA', use: 'sig' },
      createdAt: createdAt.getTime(),
      signsFrom: signsFrom?.getTime() ?? createdAt.getTime() + SHOWN_AHEAD_MS,
      expiresAt: expiresAt!.getTime(),
    }
  }

  #unsealed(kid: string, sealed: string): KeyObject | null {
    const { secrets, logger } = this.#needs
    try {
      return createPrivateKey(unseal(secrets.seal, keySeal, sealed))
    } catch (error) {
      logger.warn({ err: error, kid }, 'a signing key was sealed with another secret; a new one takes its place')
      return null
    }
  }
}
