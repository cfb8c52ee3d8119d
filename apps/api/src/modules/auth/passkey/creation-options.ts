import { generateRegistrationOptions } from '@simplewebauthn/server'
import { Passkey, User } from '@tollkeeper/db'
import type { PasskeyOptions } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import type { UserContext } from '../../../kernel/context.ts'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import { CHALLENGE_LIFETIME, issueChallenge } from './challenge.ts'
import { ALGORITHMS, relyingParty } from './relying-party.ts'
import { transportsOf } from './transports.ts'

/**
 * What the browser needs to make a passkey for the caller. It has to be kept in the device, so that no address is typed to sign in,
 * and to ask for the person's finger, face or PIN.
 * @throws AppError auth.passkeys_unavailable
 */
export async function creationOptions({ services, caller }: UserContext): Promise<PasskeyOptions> {
  const { rpID } = relyingParty(services)
  const { user, known, challenge } = await inSystemTransaction(services, async ({ em, now }) => {
    const user = await em.findOne(User, { id: caller.userId })
    if (!user) throw new AppError('auth.session_ended')
    const known = await em.find(Passkey, { userId: user.id })
    return { user, known, challenge: issueChallenge(em, 'add', { userId: user.id, sessionId: caller.sessionId, now }) }
  })
  const publicKey = await generateRegistrationOptions({
    rpName: 'Tollkeeper',
    rpID,
    userID: new TextEncoder().encode(user.id),
    userName: user.email,
    userDisplayName: user.name,
    challenge,
    timeout: CHALLENGE_LIFETIME,
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: known.map((passkey) => ({ id: passkey.credentialId, transports: transportsOf(passkey) })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return { publicKey: { ...publicKey } }
}
