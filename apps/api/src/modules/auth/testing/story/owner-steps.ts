import { expect } from 'vitest'
import { ORIGIN } from '../passkey-holder.ts'
import { visitProvider } from '../provider-visit.ts'
import { softwarePasskey } from '../software-passkey.ts'
import { tokenIn, visitor } from '../visitor.ts'
import { askedMail, mailLeadingTo } from './mails.ts'
import { atGithub, atGoogle, browse, nobodyIsIn, ownerIsIn, PASSWORDS, type Step, type Story, signIn } from './story.ts'

/** What the owner of the address does, by every way in. */
export const ownerSteps: Record<string, Step> = {
  'owner registers and proves it': async (story) => {
    if (story.userId) return
    const call = visitor(story.world.app)
    await call('POST', '/auth/register', { email: story.email, password: PASSWORDS.owner, name: 'Ada' })
    const mail = await mailLeadingTo(story, '/verify-email')
    if (!mail) return
    const proof = { token: tokenIn(mail), password: PASSWORDS.owner }
    if ((await visitor(story.world.app)('POST', '/auth/verify-email', proof)).status !== 200) return
    story.ownerPassword = PASSWORDS.owner
    await ownerIsIn(story, await signIn(story, story.email, PASSWORDS.owner))
  },
  'owner comes by password': async (story) => {
    if (story.ownerPassword) await ownerIsIn(story, await signIn(story, story.email, story.ownerPassword))
  },
  'owner comes by GitHub': (story) => comesByProvider(story, 'github', atGithub(story, 'owner', true)),
  'owner comes by Google': (story) => comesByProvider(story, 'google', atGoogle(story, 'owner', true)),
  'owner comes by the link of a mail': async (story) => {
    const mail = await askedMail(story)
    if (mail) await ownerIsIn(story, await browse(story, 'auth.mail.signInWithLink', { token: mail.token }))
  },
  'owner comes by the code of a mail': async (story) => {
    const mail = await askedMail(story)
    if (!mail) return
    const { attempt, code } = mail
    await ownerIsIn(story, await browse(story, 'auth.mail.signInWithCode', { attempt, code }))
  },
  'owner adds a passkey': async (story) => {
    if (!story.owner || story.passkey) return
    const device = softwarePasskey()
    const options = (await story.owner('POST', '/users/me/passkeys/options')).body as Parameters<typeof device.create>[0]
    const added = await story.owner('POST', '/users/me/passkeys', { credential: device.create(options, { origin: ORIGIN }) })
    if (added.status === 201) story.passkey = device
  },
  'owner comes by passkey': async (story) => {
    const { passkey, world } = story
    if (!passkey) return
    const options = (await visitor(world.app)('POST', '/auth/passkey/options')).body as Parameters<typeof passkey.get>[0]
    await ownerIsIn(story, await browse(story, 'auth.passkey.signIn', { credential: passkey.get(options, { origin: ORIGIN }) }))
  },
  'owner resets the password': async (story) => {
    const { world, email } = story
    await visitor(world.app)('POST', '/auth/forgot-password', { email })
    const mail = await mailLeadingTo(story, '/reset-password')
    if (!mail) return
    const reset = await visitor(world.app)('POST', '/auth/reset-password', { token: tokenIn(mail), password: PASSWORDS.reset })
    if (reset.status !== 200) return
    story.ownerPassword = PASSWORDS.reset
    // the link has proved the address, and every session ends with it
    story.userId ??= story.broughtIn
    await leaves(story)
  },
  'owner signs out': async (story) => {
    if (!story.owner) return
    await story.owner('POST', '/auth/logout')
    await leaves(story)
  },
}

/** Of an account that was made before anybody had proved its address, a provider's word is not enough. */
async function comesByProvider(story: Story, provider: 'github' | 'google', code: string): Promise<void> {
  const answer = await visitProvider(story.world.app, provider, code)
  if (story.broughtIn && !story.userId) nobodyIsIn(answer)
  else await ownerIsIn(story, answer)
}

async function leaves(story: Story): Promise<void> {
  if (!story.owner) return
  expect((await story.owner('GET', '/users/me')).status).toBe(401)
  story.ended.push(story.owner)
  story.owner = null
}
