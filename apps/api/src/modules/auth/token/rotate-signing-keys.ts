import { SigningKey, systemSession } from '@tollkeeper/db'
import { unseal } from '../../../kernel/seal.ts'
import type { Services } from '../../../kernel/services.ts'
import { writeAudit } from '../../audit/index.ts'
import { keySeal, makeSigningKey, oneKeyChangeAtATime } from './make-signing-key.ts'
import { VERIFIES_AFTER_MS } from './signing-key-life.ts'

type Needs = Pick<Services, 'orm' | 'clock' | 'secrets'>

export interface Rotated {
  /** The key that signs from now on. */
  kid: string
  /** The keys it takes the place of. */
  replaced: string[]
  /** Until when what they signed is accepted; null: it is refused already. */
  acceptedUntil: Date | null
}

/**
 * Puts a new key in the place of every other at once, on every node within a second. What the others signed stays valid until it expires,
 * then they are gone. One that was made to sign later is dropped: who had the others may have it too.
 * @param options.revoke for keys that somebody else has: what they signed is refused from now on
 * @throws Error when the secret is not the one the keys there are were sealed with; then nothing has changed
 */
export function rotateSigningKeys({ orm, clock, secrets }: Needs, { revoke }: { revoke: boolean }): Promise<Rotated> {
  const now = clock.now()
  return systemSession(orm).transactional(async (em) => {
    await oneKeyChangeAtATime(em)
    const known = await em.find(SigningKey, { expiresAt: { $gt: now } }, { orderBy: { id: 'asc' } })
    assertOurs(known, secrets.seal)
    const until = new Date(now.getTime() + VERIFIES_AFTER_MS)
    for (const key of known) {
      if (revoke || (key.signsFrom && key.signsFrom > now)) em.remove(key)
      else if (!key.expiresAt || key.expiresAt > until) key.expiresAt = until
    }
    const kid = makeSigningKey(em, secrets, { now, signsFrom: now })
    const details = { replaced: known.length, revoked: revoke }
    const action = 'signing_keys.rotated'
    writeAudit(em, { tenantId: null, action, target: kid, details, caller: 'system', requestId: null, at: now })
    return { kid, replaced: known.map(({ id }) => id), acceptedUntil: revoke || known.length === 0 ? null : until }
  })
}

/** The servers could not open a key that is sealed with another secret than theirs. */
function assertOurs(keys: readonly SigningKey[], secret: Buffer): void {
  if (keys.length > 0 && !keys.some(({ privateKey }) => opens(secret, privateKey)))
    throw new Error('TOLLKEEPER_SECRET is not the secret the servers of this database use. Set theirs; nothing has changed.')
}

function opens(secret: Buffer, sealed: string): boolean {
  try {
    unseal(secret, keySeal, sealed)
    return true
  } catch {
    return false
  }
}
