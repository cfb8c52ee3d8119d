import { generateAuthenticationOptions } from '@simplewebauthn/server'
import type { PasskeyOptions } from '@tollkeeper/shared'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import type { Services } from '../../../kernel/services.ts'
import { type Asked, CHALLENGE_LIFETIME, issueChallenge, type PasskeyPurpose } from './challenge.ts'
import { relyingParty } from './relying-party.ts'

/**
 * What the browser needs to ask for a passkey. It names none, so the answer is the same for everybody; the device knows which it has.
 * @throws AppError auth.passkeys_unavailable
 */
export async function assertionOptions(
  services: Services,
  purpose: Exclude<PasskeyPurpose, 'add'>,
  asked: Partial<Asked> = {},
): Promise<PasskeyOptions> {
  const { rpID } = relyingParty(services)
  const challenge = await inSystemTransaction(services, async ({ em, now }) => issueChallenge(em, purpose, { ...asked, now }))
  const publicKey = await generateAuthenticationOptions({
    rpID,
    challenge,
    timeout: CHALLENGE_LIFETIME,
    userVerification: 'required',
  })
  return { publicKey: { ...publicKey } }
}
