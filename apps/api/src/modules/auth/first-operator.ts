import { randomBytes } from 'node:crypto'
import { User } from '@tollkeeper/db'
import { announceChange } from '../../kernel/change-feed.ts'
import { inSystem, inSystemTransaction } from '../../kernel/in-transaction.ts'
import type { Services } from '../../kernel/services.ts'
import { writeAudit } from '../audit/index.ts'
import { ensurePersonalTenant } from '../tenant/index.ts'
import { identityOf } from './identity/identity.ts'
import { assertPasswordAllowed } from './password/password-policy.ts'
import { canonicalEmail } from './registration/email-address.ts'
import { createPerson } from './verify-email.ts'

export interface FirstOperator {
  email: string
  /** The password that was made up for them; null when it was preset, or when there was an operator before. */
  password: string | null
  created: boolean
}

const DEFAULT_EMAIL = 'operator@tollkeeper.local'
const NAME = 'Operator'

/**
 * Makes the first operator of an installation that has none. Of several nodes that start at once, one does.
 * @throws AppError auth.password_refused when the preset password could be guessed
 */
export async function ensureFirstOperator(services: Services): Promise<FirstOperator> {
  const existing = await inSystem(services, (em) => em.findOne(User, { operatorRole: 'owner' }, { orderBy: { createdAt: 'asc' } }))
  if (existing) return { email: existing.email, password: null, created: false }
  const { firstOperator } = services.config
  const email = canonicalEmail(firstOperator.email ?? DEFAULT_EMAIL)
  const password = firstOperator.password ?? madeUpPassword()
  assertPasswordAllowed(password, { email, name: NAME })
  const passwordHash = await identityOf(services).passwords.hash(password)
  const made = await inSystemTransaction(services, async ({ em, now }) => {
    await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', ['first operator'])
    const other = await em.findOne(User, { operatorRole: 'owner' })
    if (other) return null
    const known = await em.findOne(User, { email })
    if (known) known.operatorRole = 'owner'
    const userId = known?.id ?? (await createPerson(em, { email, name: NAME, passwordHash, operatorRole: 'owner', now }))
    announceChange(em, 'user', userId)
    writeAudit(em, { tenantId: null, action: 'operator.created', target: userId, caller: 'system', requestId: null, at: now })
    return { userId, isNew: !known }
  })
  if (!made) return ensureFirstOperator(services)
  await ensurePersonalTenant(services, { userId: made.userId, name: NAME, email })
  return { email, password: made.isNew && firstOperator.password === null ? password : null, created: made.isNew }
}

/** 120 bits of chance, in groups that can be read aloud. */
function madeUpPassword(): string {
  return randomBytes(15)
    .toString('hex')
    .match(/.{1,6}/g)!
    .join('-')
}
