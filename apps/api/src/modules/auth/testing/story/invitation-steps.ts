import type { ImportReport } from '@tollkeeper/shared'
import { expect } from 'vitest'
import { linkTo, openTeam } from '../../../tenant/testing/team.ts'
import { identityOf } from '../../identity/identity.ts'
import { cookiesOf } from '../provider-visit.ts'
import { visitor } from '../visitor.ts'
import { signedInAttacker } from './attacker-steps.ts'
import { browserWith, type Invitation, nobodyIsIn, ownerIsIn, PASSWORDS, type Step, type Story, signIn } from './story.ts'

/** What others do who know the address, and what comes of it for the owner and the attacker. */
export const invitationSteps: Record<string, Step> = {
  'the address is invited': async (story) => {
    await invited(story)
  },
  'the invitation is revoked': async (story) => {
    const { invitation, team } = story
    if (!invitation) return
    const host = await hostOf(story)
    expect((await host.call('DELETE', `/tenants/${team}/invitations/${invitation.id}`)).status).toBe(200)
    spend(story, invitation)
  },
  'owner accepts an invitation with their account': async (story) => {
    const invitation = story.owner ? await invited(story) : null
    if (!story.owner || !invitation) return
    const accepted = await story.owner('POST', '/invitations/accept', { token: invitation.token })
    expect(accepted.status, JSON.stringify(accepted.body)).toBe(200)
    spend(story, invitation)
    story.joined = true
  },
  'owner makes an account with an invitation': async (story) => {
    const invitation = await invited(story)
    if (!invitation) return
    const wish = { token: invitation.token, name: 'Ada', password: PASSWORDS.owner }
    const { status, body } = await visitor(story.world.app)('POST', '/invitations/register', wish)
    if (story.userId || story.broughtIn) return expect(body).toMatchObject({ code: 'invitation.account_exists' })
    expect(status, JSON.stringify(body)).toBe(201)
    spend(story, invitation)
    story.joined = true
    story.ownerPassword = PASSWORDS.owner
    await ownerIsIn(story, await signIn(story, story.email, PASSWORDS.owner))
  },
  'attacker accepts the invitation of the owner': async (story) => {
    const invitation = await invited(story)
    if (!invitation) return
    const eve = await signedInAttacker(story)
    const refused = await eve('POST', '/invitations/accept', { token: invitation.token })
    expect(refused.body).toMatchObject({ code: 'invitation.other_address' })
  },
  'attacker finds the link of an invitation that is over': async (story) => {
    const token = story.spent.at(-1)
    if (token === undefined) return
    const wish = { token, name: 'Eve', password: PASSWORDS.attacker }
    const made = await visitor(story.world.app)('POST', '/invitations/register', wish)
    expect(made.status).toBeGreaterThanOrEqual(400)
    nobodyIsIn(made)
    const eve = await signedInAttacker(story)
    expect((await eve('POST', '/invitations/accept', { token })).status).toBeGreaterThanOrEqual(400)
  },
  /** As an operator does who moves people over: one of them had taken an address that was not theirs. */
  'the address is brought in unproved, with the password of the attacker': async (story) => {
    const { app } = story.world
    const hash = await identityOf(app.services).passwords.hash(PASSWORDS.attacker)
    const operator = await app.operator()
    const users = [{ email: story.email, name: 'Eve', verified: false, hash }]
    const { body } = await operator.call('POST', '/users/import', { users })
    const [row] = (body as ImportReport).rows
    if (row?.fate === 'created') story.broughtIn = row.userId
  },
}

/** The open invitation of the address, asked for where there is none; null where it may not be asked now. */
async function invited(story: Story): Promise<Invitation | null> {
  if (story.invitation) return story.invitation
  const { world, email } = story
  const host = await hostOf(story)
  story.team ??= await openTeam(world.app, host)
  const { status, body } = await host.call('POST', `/tenants/${story.team}/invitations`, { email })
  if (story.joined) expect(body).toMatchObject({ code: 'member.exists' })
  // one address gets a handful an hour
  else if (status !== 429) expect(status, JSON.stringify(body)).toBe(201)
  if (status !== 201) return null
  story.invitation = { id: (body as { id: string }).id, token: await linkTo(world.app, email) }
  return story.invitation
}

function spend(story: Story, { token }: Invitation): void {
  story.invitation = null
  story.spent.push(token)
}

/** In a browser, as an access token would be over before a long run is. */
async function hostOf(story: Story) {
  const { host } = story.world
  return { ...host, call: browserWith(story, cookiesOf(await signIn(story, host.email, host.password))) }
}
