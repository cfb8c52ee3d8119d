import type { EntityManager } from '@mikro-orm/postgresql'
import { Account, User } from '@tollkeeper/db'
import { Email, type ImportedUser, type ImportFate, type ImportReport, type ImportUsersInput, PersonName } from '@tollkeeper/shared'
import type { UserContext } from '../../kernel/context.ts'
import { inSystemTransaction } from '../../kernel/in-transaction.ts'
import { newId } from '../../kernel/new-id.ts'
import { writeAudit } from '../audit/index.ts'
import { canonicalEmail, readForeignHash } from '../auth/index.ts'

/** A row nothing is wrong with. */
interface Person {
  path: string
  email: string
  name: string
  verified: boolean
  hash: string
}

/**
 * Brings people in with the passwords they have elsewhere, by their hashes; each gets a hash of ours when they next sign in. A row
 * that is at fault is told so and the others go on; a dry run tells the same and brings nobody in. Somebody who is there already is left as they are, so the same list can be sent again.
 */
export function importUsers(ctx: UserContext, { users, dryRun }: ImportUsersInput): Promise<ImportReport> {
  const judged = judge(users)
  return inSystemTransaction(
    ctx.services,
    async ({ em, now }) => {
      const known = await lockAddresses(em, judged)
      const passwords: { userId: string; hash: string }[] = []
      const rows = judged.map((row): ImportFate => {
        if ('code' in row) return row
        const existing = known.get(row.email)
        if (existing) return { path: row.path, fate: 'exists', userId: existing, code: null }
        if (dryRun) return { path: row.path, fate: 'created', userId: null, code: null }
        const userId = addPerson(em, row, now)
        passwords.push({ userId, hash: row.hash })
        return { path: row.path, fate: 'created', userId, code: null }
      })
      await em.flush()
      for (const password of passwords) addPassword(em, password, now)
      const count = (fate: ImportFate['fate']) => rows.filter((row) => row.fate === fate).length
      const report = { created: count('created'), existing: count('exists'), refused: count('refused'), rows }
      if (dryRun) return report
      writeAudit(em, {
        tenantId: null,
        action: 'users.imported',
        details: { created: report.created, existing: report.existing, refused: report.refused },
        caller: ctx.caller,
        requestId: ctx.requestId,
        at: now,
      })
      return report
    },
    ctx,
  )
}

function judge(users: readonly ImportedUser[]): (Person | ImportFate)[] {
  const seen = new Set<string>()
  return users.map((given, index) => {
    const path = `users.${index}`
    const refused = (field: keyof ImportedUser, code: ImportFate['code']): ImportFate => ({
      path: `${path}.${field}`,
      fate: 'refused',
      userId: null,
      code,
    })
    const [email, name] = [Email.safeParse(given.email), PersonName.safeParse(given.name)]
    if (!email.success) return refused('email', 'email_invalid')
    if (!name.success) return refused('name', 'name_invalid')
    const hash = readForeignHash(given.hash)
    if (hash === 'unknown' || hash === 'too_costly') return refused('hash', hash === 'unknown' ? 'hash_unknown' : 'hash_too_costly')
    const address = canonicalEmail(email.data)
    if (seen.has(address)) return refused('email', 'email_repeated')
    seen.add(address)
    return { path, email: address, name: name.data, verified: given.verified, hash: given.hash }
  })
}

/** Keeps registrations and other imports of these addresses waiting, and finds who is there. @returns ids by address */
async function lockAddresses(em: EntityManager, rows: readonly (Person | ImportFate)[]): Promise<Map<string, string>> {
  const emails = rows.flatMap((row) => ('code' in row ? [] : [row.email])).sort()
  if (emails.length === 0) return new Map()
  await em.execute(
    'select pg_advisory_xact_lock(hashtextextended(lock_name, 0)) from json_array_elements_text(?::json) with ordinality as l (lock_name, place) order by place',
    [JSON.stringify(emails.map((email) => `registration of ${email}`))],
  )
  const known = await em.find(User, { email: { $in: emails } }, { fields: ['id', 'email'] })
  return new Map(known.map(({ id, email }) => [email, id]))
}

function addPerson(em: EntityManager, { email, name, verified }: Person, now: Date): string {
  const id = newId('user', now.getTime())
  em.create(User, {
    id,
    email,
    name,
    emailVerified: verified,
    status: 'active',
    operatorRole: null,
    createdAt: now,
    updatedAt: now,
  })
  return id
}

/** After its person is written: the table refers to them, and the ORM does not know it. */
function addPassword(em: EntityManager, { userId, hash }: { userId: string; hash: string }, now: Date): void {
  em.create(Account, {
    id: newId('account', now.getTime()),
    userId,
    providerId: 'credential',
    accountId: userId,
    password: hash,
    createdAt: now,
    updatedAt: now,
  })
}
