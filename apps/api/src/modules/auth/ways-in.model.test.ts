import { Account, Passkey, User } from '@tollkeeper/db'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inSystem } from '../../kernel/in-transaction.ts'
import { type Answer, type Call, callerOf, startTestApp, type TestApp } from '../../testing/index.ts'
import { cookiesOf, linkProvider, visitProvider } from './testing/provider-visit.ts'
import { startScriptedGithub } from './testing/scripted-github.ts'
import { startScriptedGoogle } from './testing/scripted-google.ts'
import { newestSignInMail } from './testing/sign-in-mail.ts'
import { softwarePasskey } from './testing/software-passkey.ts'
import { behindProxy, mailsTo, tokenIn, visitor } from './testing/visitor.ts'

const ORIGIN = 'http://localhost:4000'
const PASSWORDS = { owner: 'orchard lantern 57 quartz', attacker: 'attackers own secret 99', reset: 'a wholly new phrase 31' }

let github: Awaited<ReturnType<typeof startScriptedGithub>>
let google: Awaited<ReturnType<typeof startScriptedGoogle>>
let app: TestApp
beforeAll(async () => {
  ;[github, google] = await Promise.all([startScriptedGithub(), startScriptedGoogle()])
  app = await startTestApp({
    environment: {
      ...behindProxy,
      TOLLKEEPER_URL: ORIGIN,
      GITHUB_CLIENT_ID: 'id',
      GITHUB_CLIENT_SECRET: 'secret',
      GITHUB_BASE_URL: github.url,
      GOOGLE_CLIENT_ID: 'id',
      GOOGLE_CLIENT_SECRET: 'secret',
      GOOGLE_DISCOVERY_URL: google.discoveryUrl,
    },
  })
}, 120_000)
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await Promise.all([github[Symbol.asyncDispose](), google[Symbol.asyncDispose]()])
})

/** What is true of the one address, as far as the two who act know. */
interface Story {
  email: string
  serial: number
  /** The account of the address, once somebody came in to it. */
  userId: string | null
  /** The owner's browser, while it is signed in. */
  owner: Call | null
  ownerPassword: string | null
  passkey: ReturnType<typeof softwarePasskey> | null
  /** What the attacker holds: attempts of mail codes, and whatever was ever answered to them with a session. */
  attempts: string[]
}

type Step = (story: Story) => Promise<void>

const from = (cookies: string) => callerOf(app.url, { cookie: cookies, origin: ORIGIN })
const idIn = ({ body }: Answer) => (body as { user?: { id: string } }).user?.id ?? null
const atGithub = (story: Story, who: 'owner' | 'attacker', verified: boolean) =>
  github.agree({
    id: story.serial * 2 + (who === 'owner' ? 0 : 1),
    login: who,
    emails: [{ email: story.email, primary: true, verified }],
  })
const atGoogle = (story: Story, who: 'owner' | 'attacker', verified: boolean) =>
  google.agree({ sub: `${who} ${story.serial}`, email: story.email, email_verified: verified })

/** The owner is in: it is always the same account, from whichever side they came. */
async function ownerIsIn(story: Story, answer: Answer): Promise<void> {
  const cookie = cookiesOf(answer)
  expect(cookie).toContain('tollkeeper.session=')
  story.owner = from(cookie)
  const userId = idIn(await story.owner('GET', '/users/me'))
  expect(userId).toMatch(/^usr_/)
  story.userId ??= userId
  expect(userId).toBe(story.userId)
}

/** The attacker got no session: not one of the owner's account, and none that could become it. */
function attackerIsOut(answer: Answer): void {
  expect(cookiesOf(answer)).not.toContain('tollkeeper.session=')
  expect(JSON.stringify(answer.body ?? null)).not.toContain('accessToken')
}

const browse = (path: string, body: unknown) => visitor(app)('POST', `//trpc/${path}`, body, { origin: ORIGIN })
const signIn = (email: string, password: string) => browse('auth.signIn', { email, password })

const steps: Record<string, Step> = {
  'attacker registers the address': async ({ email }) => {
    await visitor(app)('POST', '/auth/register', { email, password: PASSWORDS.attacker, name: 'Eve' })
  },
  'attacker tries the password they chose': async ({ email }) => attackerIsOut(await signIn(email, PASSWORDS.attacker)),
  'attacker asks for a sign-in mail': async (story) => {
    const asked = await visitor(app)('POST', '/auth/mail', { email: story.email })
    story.attempts.push((asked.body as { attempt: string }).attempt)
  },
  'attacker sends the code the owner was mailed with an attempt of their own': async (story) => {
    const mine = story.attempts.at(-1)
    const ofOwner = mine ? await askedMail(story) : null
    if (ofOwner) attackerIsOut(await browse('auth.mail.signInWithCode', { attempt: mine, code: ofOwner.code }))
  },
  'attacker comes by GitHub with the address unproved': async (story) =>
    attackerIsOut(await visitProvider(app, 'github', atGithub(story, 'attacker', false))),
  'attacker comes by Google with the address unproved': async (story) =>
    attackerIsOut(await visitProvider(app, 'google', atGoogle(story, 'attacker', false))),
  'attacker links the address to an account of their own': async (story) => {
    const eve = await signedInAttacker(story)
    await linkProvider(app, 'github', atGithub(story, 'attacker', false), eve)
    await linkProvider(app, 'google', atGoogle(story, 'attacker', true), eve)
  },
  'attacker asks to change to the address': async (story) => {
    const eve = await signedInAttacker(story)
    await eve('PUT', '/users/me/email', { email: story.email, password: PASSWORDS.attacker })
  },

  'owner registers and proves it': async (story) => {
    if (story.userId) return
    await visitor(app)('POST', '/auth/register', { email: story.email, password: PASSWORDS.owner, name: 'Ada' })
    const mail = (await mailsTo(app, story.email)).find(({ text }) => text.includes('/verify-email?token='))
    if (!mail) return
    const proof = { token: tokenIn(mail), password: PASSWORDS.owner }
    if ((await visitor(app)('POST', '/auth/verify-email', proof)).status !== 200) return
    story.ownerPassword = PASSWORDS.owner
    await ownerIsIn(story, await signIn(story.email, PASSWORDS.owner))
  },
  'owner comes by password': async (story) => {
    if (story.ownerPassword) await ownerIsIn(story, await signIn(story.email, story.ownerPassword))
  },
  'owner comes by GitHub': async (story) => ownerIsIn(story, await visitProvider(app, 'github', atGithub(story, 'owner', true))),
  'owner comes by Google': async (story) => ownerIsIn(story, await visitProvider(app, 'google', atGoogle(story, 'owner', true))),
  'owner comes by the link of a mail': async (story) => {
    const mail = await askedMail(story)
    if (mail) await ownerIsIn(story, await browse('auth.mail.signInWithLink', { token: mail.token }))
  },
  'owner comes by the code of a mail': async (story) => {
    const mail = await askedMail(story)
    if (mail) await ownerIsIn(story, await browse('auth.mail.signInWithCode', { attempt: mail.attempt, code: mail.code }))
  },
  'owner adds a passkey': async (story) => {
    if (!story.owner || story.passkey) return
    const device = softwarePasskey()
    const options = (await story.owner('POST', '/users/me/passkeys/options')).body as Parameters<typeof device.create>[0]
    const added = await story.owner('POST', '/users/me/passkeys', { credential: device.create(options, { origin: ORIGIN }) })
    if (added.status === 201) story.passkey = device
  },
  'owner comes by passkey': async (story) => {
    if (!story.passkey) return
    const options = (await visitor(app)('POST', '/auth/passkey/options')).body as Parameters<typeof story.passkey.get>[0]
    await ownerIsIn(story, await browse('auth.passkey.signIn', { credential: story.passkey.get(options, { origin: ORIGIN }) }))
  },
  'owner resets the password': async (story) => {
    await visitor(app)('POST', '/auth/forgot-password', { email: story.email })
    const mail = (await mailsTo(app, story.email)).find(({ text }) => text.includes('/reset-password?token='))
    if (!mail) return
    const reset = await visitor(app)('POST', '/auth/reset-password', { token: tokenIn(mail), password: PASSWORDS.reset })
    if (reset.status !== 200) return
    story.ownerPassword = PASSWORDS.reset
    // every session ends with it
    if (story.owner) expect((await story.owner('GET', '/users/me')).status).toBe(401)
    story.owner = null
  },
  'owner signs out': async (story) => {
    if (!story.owner) return
    await story.owner('POST', '/auth/logout')
    expect((await story.owner('GET', '/users/me')).status).toBe(401)
    story.owner = null
  },
}

/** Somebody else's account, with an address of its own. */
async function signedInAttacker(story: Story): Promise<Call> {
  const email = `eve-of-${story.email}`
  const known = await inSystem(app.services, (em) => em.count(User, { email }))
  if (known === 0) {
    await visitor(app)('POST', '/auth/register', { email, password: PASSWORDS.attacker, name: 'Eve' })
    const [mail] = await mailsTo(app, email)
    await visitor(app)('POST', '/auth/verify-email', { token: tokenIn(mail!), password: PASSWORDS.attacker })
  }
  return from(cookiesOf(await signIn(email, PASSWORDS.attacker)))
}

const mailsOf = async ({ email }: Story) => (await mailsTo(app, email)).filter(({ text }) => text.includes('/sign-in-link?token='))

/** Asks for a mail as the owner, and reads it; null where the address has had enough of them. */
async function askedMail(story: Story) {
  const before = (await mailsOf(story)).length
  const asked = await visitor(app)('POST', '/auth/mail', { email: story.email })
  if ((await mailsOf(story)).length === before) return null
  return { attempt: (asked.body as { attempt: string }).attempt, ...(await newestSignInMail(app, story.email)) }
}

/** What must be true after every step, whatever came before. */
async function assertInvariants(story: Story): Promise<void> {
  const { email, userId } = story
  const found = await inSystem(app.services, async (em) => {
    const users = await em.find(User, { email })
    const accounts = users[0] ? await em.find(Account, { userId: users[0].id }) : []
    const passkeys = users[0] ? await em.count(Passkey, { userId: users[0].id }) : 0
    return { users, accounts, passkeys }
  })
  // one address, one person at most, and it is the one the owner came to
  expect(found.users.length).toBeLessThanOrEqual(1)
  if (userId)
    expect(found.users.map(({ id, emailVerified }) => ({ id, emailVerified }))).toEqual([{ id: userId, emailVerified: true }])
  else expect(found.users).toEqual([])
  // nothing of the attacker is a way in
  const foreign = found.accounts.filter(({ accountId, providerId }) =>
    providerId === 'github'
      ? Number(accountId) !== story.serial * 2
      : providerId === 'google' && accountId !== `owner ${story.serial}`,
  )
  expect(foreign).toEqual([])
  expect(found.passkeys).toBe(story.passkey ? 1 : 0)
  expect(found.accounts.some(({ password }) => Boolean(password))).toBe(story.ownerPassword !== null)
  attackerIsOut(await signIn(email, PASSWORDS.attacker))
  // the owner's session is the owner's
  if (story.owner) expect(idIn(await story.owner('GET', '/users/me'))).toBe(userId)
}

let stories = 0

test('in whatever order an attacker and the owner of an address act, the account is the owner’s, and nothing the attacker prepared lets them in', async () => {
  const names = Object.keys(steps)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...names), { minLength: 4, maxLength: 12 }), async (order) => {
      const serial = ++stories
      const story: Story = {
        email: `story${serial}@example.test`,
        serial,
        userId: null,
        owner: null,
        ownerPassword: null,
        passkey: null,
        attempts: [],
      }
      for (const name of order) {
        await steps[name]!(story)
        await assertInvariants(story)
      }
    }),
    { numRuns: Number(process.env.WAYS_IN_RUNS ?? 25) },
  )
}, 900_000)
