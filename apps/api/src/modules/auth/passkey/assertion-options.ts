import { generateAuthenticationOptions } from '@simplewebauthn/server'
import { Passkey } from '@tollkeeper/db'
import type { PasskeyOptions } from '@tollkeeper/shared'
import { inSystemTransaction } from '../../../kernel/in-transaction.ts'
import type { Services } from '../../../kernel/services.ts'
import { type Asked, CHALLENGE_LIFETIME, issueChallenge, type PasskeyPurpose } from './challenge.ts'
import { relyingParty } from './relying-party.ts'
import { transportsOf } from './transports.ts'

/**
 * What the browser needs to ask for a passkey. Where nobody has proved anything yet it names none, so the answer is the same for
 * everybody; the device knows which it has. Of somebody who has, it names theirs.
 * @throws AppError auth.passkeys_unavailable
 */
export async function assertionOptions(
  services: Services,
  purpose: Exclude<PasskeyPurpose, 'add'>,
  asked: Partial<Asked> = {},
): Promise<PasskeyOptions> {
  const { rpID } = relyingParty(services)
  const { challenge, named } = await inSystemTransaction(services, async ({ em, now }) => ({
    named: asked.userId ? await em.find(Passkey, { userId: asked.userId }, { orderBy: { id: 'asc' } }) : [],
    challenge: issueChallenge(em, purpose, { ...asked, now }),
  }))
  const publicKey = await generateAuthenticationOptions({
    rpID,
    challenge,
    timeout: CHALLENGE_LIFETIME,
    userVerification: 'required',
    ...(named.length > 0
      ? { allowCredentials: named.map((passkey) => ({ id: passkey.credentialId, transports: transportsOf(passkey) })) }
      : {}),
  })
  return { publicKey: { ...publicKey } }
}
