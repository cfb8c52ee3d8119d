import { User } from '@tollkeeper/db'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import type { Services } from '../../kernel/services.ts'
import { writeAudit } from '../audit/index.ts'
import { identityOf } from './identity/identity.ts'
import { assertPasswordAllowed } from './password/password-policy.ts'
import { canonicalEmail } from './registration/email-address.ts'
import { holdAddress } from './registration/hold-address.ts'
import { createPerson } from './verify-email.ts'

/**
 * Makes a person whose address the caller vouches for, without a mail to it and without a tenant. Somebody who is there already is
 * left as they are.
 * @returns the person's id, and whether they are new
 * @throws AppError auth.password_refused
 */
export async function createVerifiedPerson(
  services: Services,
  { name, password, ...given }: { email: string; name: string; password: string },
): Promise<{ userId: string; created: boolean }> {
  const email = canonicalEmail(given.email)
  assertPasswordAllowed(password, { email, name })
  const passwordHash = await identityOf(services).passwords.hash(password)
  return inSystemTransaction(services, async ({ em, now }) => {
    await holdAddress(em, email)
    const known = await em.findOne(User, { email })
    if (known) return { userId: known.id, created: false }
    const userId = await createPerson(em, { email, name, passwordHash, operatorRole: null, now })
    writeAudit(em, { tenantId: null, action: 'user.created', target: userId, caller: 'system', requestId: null, at: now })
    return { userId, created: true }
  })
}
