import { UniqueConstraintViolationException } from '@mikro-orm/core'
import { type RegistrationResponseJSON, verifyRegistrationResponse } from '@simplewebauthn/server'
import { Passkey } from '@tollkeeper/db'
import type { AddPasskeyInput, PasskeyView } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { newId } from '../../../kernel/new-id.ts'
import { writeAudit } from '../../audit/index.ts'
import { lockPerson } from '../account/lock-person.ts'
import { tellWayInChanged } from '../account/tell-way-in-changed.ts'
import { deviceOf, namedDevice } from '../session/device-words.ts'
import { challengeIn, takeChallenge } from './challenge.ts'
import { toPasskeyView } from './list-passkeys.ts'
import { ALGORITHMS, relyingParty } from './relying-party.ts'
import { keptTransports } from './transports.ts'

const MOST_PASSKEYS = 20

/**
 * Keeps a passkey the caller's device has just made, in answer to the options of this very session. They are told by mail.
 * @throws AppError auth.passkey_refused, auth.passkey_limit, auth.passkeys_unavailable
 */
export async function addPasskey(ctx: UserContext, { name, credential }: AddPasskeyInput): Promise<PasskeyView> {
  const { services, caller, requestId } = ctx
  const made = await verifyCreation(ctx, credential as unknown as RegistrationResponseJSON)
  try {
    return await inSystemTransaction(services, async ({ em, now }) => {
      const user = await lockPerson(em, caller.userId)
      if ((await em.count(Passkey, { userId: user.id })) >= MOST_PASSKEYS) throw new AppError('auth.passkey_limit')
      const passkey = em.create(Passkey, {
        id: newId('passkey', now.getTime()),
        userId: user.id,
        name: name ?? namedDevice(deviceOf(ctx.client.userAgent)) ?? 'Passkey',
        ...made,
        createdAt: now,
        lastUsedAt: null,
      })
      await em.flush()
      await tellWayInChanged(em, services, user, { change: 'added', way: 'passkey' })
      const details = { passkeyId: passkey.id }
      writeAudit(em, { tenantId: null, action: 'user.passkey_added', target: user.id, details, caller, requestId, at: now })
      return toPasskeyView(passkey)
    })
  } catch (error) {
    // the same device twice, or somebody else's: nothing is told of either
    if (error instanceof UniqueConstraintViolationException) throw new AppError('auth.passkey_refused', { cause: error })
    throw error
  }
}

async function verifyCreation({ services, caller }: UserContext, response: RegistrationResponseJSON) {
  const { rpID, origin } = relyingParty(services)
  const challenge = challengeIn(response.response.clientDataJSON)
  const asked =
    challenge === null ? null : await inSystemTransaction(services, ({ em, now }) => takeChallenge(em, 'add', challenge, now))
  if (challenge === null || asked?.userId !== caller.userId || asked.sessionId !== caller.sessionId) {
    throw new AppError('auth.passkey_refused')
  }
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch((cause: unknown) => {
    throw new AppError('auth.passkey_refused', { cause })
  })
  if (!verified.verified) throw new AppError('auth.passkey_refused')
  const { credential, credentialBackedUp } = verified.registrationInfo
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: keptTransports(credential.transports),
    backedUp: credentialBackedUp,
  }
}
