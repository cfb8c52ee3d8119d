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
/** A key signs for this long, and verifies for a day more, so that what it signed last is accepted until it expires. */
const SIGNS_FOR_MS = 30 * DAY_MS
const VERIFIES_FOR_MS = SIGNS_FOR_MS + DAY_MS
const PURPOSE = 'signing key'

/** The keys that sign access tokens: one at a time, replaced every 30 days, shared by all nodes, sealed in the database. */
export class SigningKeys {
  #needs: Needs
  #loaded: Promise<OpenedKey[]> | null = null

  constructor(needs: Needs) {
    this.#needs = needs
    needs.changes.on('signing_key', () => {
      this.#loaded = null
    })
  }

  /** The key to sign with; made when there is none, or the newest is too old. */
  async current(): Promise<{ kid: string; privateKey: KeyObject }> {
    const key = this.#signing(await this.#keys()) ?? (await this.#make())
    return { kid: key.kid, privateKey: key.privateKey! }
  }

  /** @returns null for a key that is not ours, or has expired */
  async find(kid: string): Promise<KeyObject | null> {
    const now = this.#needs.clock.now().getTime()
    const key = (await this.#keys()).find((candidate) => candidate.kid === kid && candidate.expiresAt > now)
    return key?.publicKey ?? null
  }

  /** The public halves, as anyone may read them (RFC 7517). */
  async publicKeys(): Promise<{ keys: JWK[] }> {
    await this.current()
    const now = this.#needs.clock.now().getTime()
    return { keys: (await this.#keys()).filter(({ expiresAt }) => expiresAt > now).map(({ jwk }) => jwk) }
  }

  #signing(keys: OpenedKey[]): OpenedKey | undefined {
    const oldest = this.#needs.clock.now().getTime() - SIGNS_FOR_MS
    return keys.find(({ privateKey, createdAt }) => privateKey !== null && createdAt > oldest)
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
    const rows = await systemSession(orm).transactional((em) =>
      em.find(SigningKey, { expiresAt: { $gt: clock.now() } }, { orderBy: { createdAt: 'desc', id: 'desc' } }),
    )
    return rows.map((row) => this.#open(row))
  }

  async #make(): Promise<OpenedKey> {
    const { orm, clock, secrets, changes } = this.#needs
    const now = clock.now()
    await systemSession(orm).transactional(async (em) => {
      await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [PURPOSE])
      const newest = await em.find(
        SigningKey,
        { expiresAt: { $gt: now } },
        { orderBy: { createdAt: 'desc', id: 'desc' }, limit: 5 },
      )
      if (this.#signing(newest.map((row) => this.#open(row)))) return
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
    const made = this.#signing(await this.#keys())
    if (!made) throw new Error('The signing key that was just made cannot be read back')
    return made
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
