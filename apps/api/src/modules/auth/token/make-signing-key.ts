import { generateKeyPairSync } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import { SigningKey } from '@tollkeeper/db'
import type { Secrets } from '../../../config/secrets.ts'
import { announceChange } from '../../../kernel/change-feed.ts'
import { newId } from '../../../kernel/new-id.ts'
import { seal } from '../../../kernel/seal.ts'
import { VERIFIES_FOR_MS } from './signing-key-life.ts'

/** What the private half is sealed for. */
export const keySeal = 'signing key'

/** Lets one at a time decide which keys there are, until the end of the transaction. */
export async function oneKeyChangeAtATime(em: EntityManager): Promise<void> {
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [keySeal])
}

/** Makes a key, which every node reads within a second. The caller holds `oneKeyChangeAtATime`. @returns its id */
export function makeSigningKey(
  em: EntityManager,
  secrets: Pick<Secrets, 'seal'>,
  { now, signsFrom }: { now: Date; signsFrom: Date },
): string {
  const pair = generateKeyPairSync('ed25519')
  const id = newId('signingKey', now.getTime())
  em.create(SigningKey, {
    id,
    publicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: seal(secrets.seal, keySeal, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
    createdAt: now,
    signsFrom,
    expiresAt: new Date(now.getTime() + VERIFIES_FOR_MS),
  })
  announceChange(em, 'signing_key', id)
  return id
}
