import { User } from '@tollkeeper/db'
import { inSystem } from '../../../../kernel/in-transaction.ts'
import type { Call } from '../../../../testing/index.ts'
import { cookiesOf, linkProvider, visitProvider } from '../provider-visit.ts'
import { mailsTo, tokenIn, visitor } from '../visitor.ts'
import { askedMail } from './mails.ts'
import { atGithub, atGoogle, browse, browserWith, nobodyIsIn, PASSWORDS, type Step, type Story, signIn } from './story.ts'

/** What somebody does who wants the account of the address and has not got its mails. */
export const attackerSteps: Record<string, Step> = {
  'attacker registers the address': async ({ world, email }) => {
    await visitor(world.app)('POST', '/auth/register', { email, password: PASSWORDS.attacker, name: 'Eve' })
  },
  'attacker tries the password they chose': async (story) => nobodyIsIn(await signIn(story, story.email, PASSWORDS.attacker)),
  'attacker asks for a sign-in mail': async (story) => {
    const asked = await visitor(story.world.app)('POST', '/auth/mail', { email: story.email })
    story.attempts.push((asked.body as { attempt: string }).attempt)
  },
  'attacker sends the code the owner was mailed with an attempt of their own': async (story) => {
    const mine = story.attempts.at(-1)
    const ofOwner = mine ? await askedMail(story) : null
    if (ofOwner) nobodyIsIn(await browse(story, 'auth.mail.signInWithCode', { attempt: mine, code: ofOwner.code }))
  },
  'attacker comes by GitHub with the address unproved': async (story) =>
    nobodyIsIn(await visitProvider(story.world.app, 'github', atGithub(story, 'attacker', false))),
  'attacker comes by Google with the address unproved': async (story) =>
    nobodyIsIn(await visitProvider(story.world.app, 'google', atGoogle(story, 'attacker', false))),
  'attacker links the address to an account of their own': async (story) => {
    const eve = await signedInAttacker(story)
    await linkProvider(story.world.app, 'github', atGithub(story, 'attacker', false), eve)
    await linkProvider(story.world.app, 'google', atGoogle(story, 'attacker', true), eve)
  },
  'attacker asks to change to the address': async (story) => {
    const eve = await signedInAttacker(story)
    await eve('PUT', '/users/me/email', { email: story.email, password: PASSWORDS.attacker })
  },
}

/** Somebody else's account, with an address of its own. */
export async function signedInAttacker(story: Story): Promise<Call> {
  const { app } = story.world
  const email = `eve-of-${story.email}`
  const known = await inSystem(app.services, (em) => em.count(User, { email }))
  if (known === 0) {
    await visitor(app)('POST', '/auth/register', { email, password: PASSWORDS.attacker, name: 'Eve' })
    const [mail] = await mailsTo(app, email)
    await visitor(app)('POST', '/auth/verify-email', { token: tokenIn(mail!), password: PASSWORDS.attacker })
  }
  return browserWith(story, cookiesOf(await signIn(story, email, PASSWORDS.attacker)))
}
