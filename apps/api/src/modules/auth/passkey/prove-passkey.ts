import type { EntityManager } from '@mikro-orm/postgresql'
import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from '@simplewebauthn/server'
import { Passkey } from '@tollkeeper/db'
import type { PasskeyAssertion } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { RequestContext } from '../../../kernel/context.ts'
import { inSystem, inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { recordFailedWayOf, recordNobodysWay } from '../attempt/failed-way.ts'
import { type Asked, challengeIn, type PasskeyPurpose, takeChallenge } from './challenge.ts'
import { relyingParty } from './relying-party.ts'
import { transportsOf } from './transports.ts'

export interface ProvedPasskey {
  userId: string
  asked: Asked
  /** Uses the proof up, while the person's row is held. @throws AppError auth.passkey_refused when the passkey was removed or used since */
  use(em: EntityManager): Promise<void>
}

/**
 * Checks what a passkey has signed: our challenge, once, for this purpose, on a page of ours, with the person's consent, by a device
 * whose counter has not gone back. Whatever is wrong, the answer is the same.
 * @throws AppError auth.passkey_refused, auth.passkeys_unavailable
 */
export async function provePasskey(
  ctx: RequestContext,
  purpose: Exclude<PasskeyPurpose, 'add'>,
  credential: PasskeyAssertion,
): Promise<ProvedPasskey> {
  const { services } = ctx
  const party = relyingParty(services)
  const challenge = challengeIn(credential.response.clientDataJSON)
  const asked =
    challenge === null ? null : await inSystemTransaction(services, ({ em, now }) => takeChallenge(em, purpose, challenge, now))
  const passkey = await inSystem(services, (em) => em.findOne(Passkey, { credentialId: credential.id }))
  if (!passkey) {
    await recordNobodysWay(ctx, 'passkey')
    throw new AppError('auth.passkey_refused')
  }
  const fits =
    challenge !== null && asked !== null && (asked.userId ?? passkey.userId) === passkey.userId && isOf(passkey, credential)
  const counter = fits ? await signedCounter(credential, { ...party, challenge, passkey }) : null
  if (asked === null || counter === null) {
    await recordFailedWayOf(ctx, { userId: passkey.userId, method: 'passkey', reason: 'passkey_refused' })
    throw new AppError('auth.passkey_refused')
  }
  return { userId: passkey.userId, asked, use: (em) => countUp(em, passkey.id, counter, services.clock.now()) }
}

/** The device names the person it signs for, where it was asked for no passkey by name. */
function isOf({ userId }: Passkey, { response }: PasskeyAssertion): boolean {
  return response.userHandle === undefined || Buffer.from(response.userHandle, 'base64url').toString('utf8') === userId
}

/** @returns null when the signature, or what was signed, is not right */
async function signedCounter(
  credential: PasskeyAssertion,
  { rpID, origin, challenge, passkey }: { rpID: string; origin: string; challenge: string; passkey: Passkey },
): Promise<number | null> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: credential as unknown as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
        counter: passkey.counter,
        transports: transportsOf(passkey),
      },
      requireUserVerification: true,
    })
    return verified ? authenticationInfo.newCounter : null
  } catch {
    // the library throws for each thing that can be wrong; the caller is told of none
    return null
  }
}

/** Of two answers with one counter one is taken. A device that does not count says 0 each time. */
async function countUp(em: EntityManager, id: string, counter: number, now: Date): Promise<void> {
  const counted = await em.execute<{ id: string }[]>(
    `update passkey set counter = ?, last_used_at = ?
     where id = ? and (counter < ? or (counter = 0 and ? = 0)) returning id`,
    [counter, now, id, counter, counter],
  )
  if (counted.length === 0) throw new AppError('auth.passkey_refused')
}
