import { Account, Member, Passkey, User } from '@tollkeeper/db'
import { expect } from 'vitest'
import { inSystem } from '../../../../kernel/in-transaction.ts'
import { githubIdOf, googleIdOf, idIn, nobodyIsIn, PASSWORDS, type Story, signIn } from './story.ts'

/** What must be true after every step, whatever came before. */
export async function assertInvariants(story: Story): Promise<void> {
  await assertOneAccount(story)
  await assertWaysIn(story)
  await assertMembers(story)
  nobodyIsIn(await signIn(story, story.email, PASSWORDS.attacker))
  await assertSessions(story)
}

/** One address, one person at most, and it is the one the owner came to. */
async function assertOneAccount({ world, email, userId, broughtIn }: Story): Promise<void> {
  const users = await inSystem(world.app.services, (em) => em.find(User, { email }))
  const known = userId ?? broughtIn
  expect(users.map(({ id, emailVerified }) => ({ id, emailVerified }))).toEqual(
    known ? [{ id: known, emailVerified: userId !== null }] : [],
  )
}

/** Nothing of the attacker is a way in; what the owner has stays. Before they came it is nobody's, and opens nothing. */
async function assertWaysIn(story: Story): Promise<void> {
  const { world, userId } = story
  if (!userId) return
  const { accounts, passkeys } = await inSystem(world.app.services, async (em) => ({
    accounts: await em.find(Account, { userId }),
    passkeys: await em.count(Passkey, { userId }),
  }))
  const owners: Record<string, string> = { github: String(githubIdOf(story, 'owner')), google: googleIdOf(story, 'owner') }
  expect(accounts.filter(({ accountId, providerId }) => providerId in owners && accountId !== owners[providerId])).toEqual([])
  expect(accounts.some(({ password }) => Boolean(password))).toBe(story.ownerPassword !== null)
  expect(passkeys).toBe(story.passkey ? 1 : 0)
}

/** Who asked, and the owner once they said yes: nobody else came in by the invitation. */
async function assertMembers({ world, team, userId, joined }: Story): Promise<void> {
  if (!team) return
  const members = await inSystem(world.app.services, (em) => em.find(Member, { tenantId: team }))
  expect(members.map((member) => member.userId).sort()).toEqual([world.host.userId, ...(joined ? [userId] : [])].sort())
}

/** The owner's session is the owner's, and what was ended stays so. */
async function assertSessions({ owner, ended, userId }: Story): Promise<void> {
  if (owner) expect(idIn(await owner('GET', '/users/me'))).toBe(userId)
  for (const browser of ended) expect((await browser('GET', '/users/me')).status).toBe(401)
}
