import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { SigningKey, systemSession } from '@tollkeeper/db'
import type { JWK } from 'jose'
import { announceChange } from '../../../kernel/change-feed.ts'
import { newId } from '../../../kernel/new-id.ts'
import { seal, unseal } from '../../../kernel/seal.ts'
import type { Services } from '../../../kernel/services.ts'

type Needs = Pick<Services, 'orm' | 'clock' | 'secrets' | 'changes' | 'logger'>

interface OpenedKey {
  kid: string
  /** Null: it was sealed with another secret, so it can only be used to verify. */
  privateKey: KeyObject | null
  publicKey: KeyObject
  jwk: JWK
  createdAt: number
  expiresAt: number
}

const DAY_MS = 86_400_000
/** A key is shown to those who verify for this long before it signs, as they may hold what they read last. */
const SHOWN_AHEAD_MS = DAY_MS
/** The age at which the next one is made. */
const NEXT_AFTER_MS = 29 * DAY_MS
const SIGNS_UNTIL_MS = 31 * DAY_MS
/** Longer than a key signs, so that what it signed last is accepted until it expires. */
const VERIFIES_FOR_MS = 32 * DAY_MS
const READ_AGAIN_AFTER_MS = 1_000
const PURPOSE = 'signing key'

/** The keys that sign access tokens: replaced every 30 days, shared by all nodes, sealed in the database. */
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
    const now = this.#needs.clock.now().getTime()
    return { keys: (await this.#keys()).filter(({ expiresAt }) => expiresAt > now).map(({ jwk }) => jwk) }
  }

  #verifying(keys: OpenedKey[], kid: string): KeyObject | null {
    const now = this.#needs.clock.now().getTime()
    return keys.find((key) => key.kid === kid && key.expiresAt > now)?.publicKey ?? null
  }

  #isNextDue(keys: OpenedKey[]): boolean {
    const tooOld = this.#needs.clock.now().getTime() - NEXT_AFTER_MS
    return !keys.some(({ privateKey, createdAt }) => privateKey !== null && createdAt > tooOld)
  }

  /** The newest key that was shown long enough; before there is one, the oldest. Keys are in order, newest first. */
  #signing(keys: OpenedKey[]): { kid: string; privateKey: KeyObject } {
    const now = this.#needs.clock.now().getTime()
    const able = keys.flatMap(({ kid, privateKey, createdAt }) =>
      privateKey && createdAt > now - SIGNS_UNTIL_MS ? [{ kid, privateKey, createdAt }] : [],
    )
    const key = able.find(({ createdAt }) => createdAt <= now - SHOWN_AHEAD_MS) ?? able.at(-1)
    if (!key) throw new Error('There is no key to sign access tokens with, although one was just made')
    return key
  }

  #keys(): Promise<OpenedKey[]> {
    const loading = this.#loaded ?? this.#load()
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
      em.find(SigningKey, { expiresAt: { $gt: clock.now() } }, { orderBy: { createdAt: 'desc', id: 'desc' } }),
    )
    return rows.map((row) => this.#open(row))
  }

  async #makeNext(): Promise<OpenedKey[]> {
    const { orm, clock, secrets, changes } = this.#needs
    const now = clock.now()
    await systemSession(orm).transactional(async (em) => {
      await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [PURPOSE])
      const newest = await em.find(
        SigningKey,
        { expiresAt: { $gt: now } },
        { orderBy: { createdAt: 'desc', id: 'desc' }, limit: 5 },
      )
      if (!this.#isNextDue(newest.map((row) => this.#open(row)))) return
      const pair = generateKeyPairSync('ed25519')
      const id = newId('signingKey', now.getTime())
      em.create(SigningKey, {
        id,
        publicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        privateKey: seal(secrets.seal, PURPOSE, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
        createdAt: now,
        expiresAt: new Date(now.getTime() + VERIFIES_FOR_MS),
      })
      announceChange(em, 'signing_key', id)
    })
    await changes.catchUp()
    this.#loaded = null
    return this.#keys()
  }

  #open({ id, publicKey, privateKey, createdAt, expiresAt }: SigningKey): OpenedKey {
    const key = createPublicKey(publicKey)
    return {
      kid: id,
      privateKey: this.#unsealed(id, privateKey),
      publicKey: key,
      jwk: { ...(key.export({ format: 'jwk' }) as JWK), kid: id, alg: 'EdDSA', use: 'sig' },
      createdAt: createdAt.getTime(),
      expiresAt: expiresAt!.getTime(),
    }
  }

  #unsealed(kid: string, sealed: string): KeyObject | null {
    const { secrets, logger } = this.#needs
    try {
      return createPrivateKey(unseal(secrets.seal, PURPOSE, sealed))
    } catch (error) {
      logger.warn({ err: error, kid }, 'a signing key was sealed with another secret; a new one takes its place')
      return null
    }
  }
}
