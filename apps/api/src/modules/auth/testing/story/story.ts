import { expect } from 'vitest'
import { type Answer, type Call, callerOf, startTestApp, type TestApp, type TestPerson } from '../../../../testing/index.ts'
import { ORIGIN } from '../passkey-holder.ts'
import { cookiesOf } from '../provider-visit.ts'
import { type ScriptedProviders, startScriptedProviders } from '../scripted-providers.ts'
import type { softwarePasskey } from '../software-passkey.ts'
import { behindProxy, visitor } from '../visitor.ts'

export const PASSWORDS = {
  owner: 'orchard lantern 57 quartz',
  attacker: 'attackers own secret 99',
  reset: 'a wholly new phrase 31',
}

/** A server where stories happen, each with an address of its own. */
export interface World extends AsyncDisposable {
  app: TestApp
  providers: ScriptedProviders
  /** Who invites. */
  host: TestPerson
}

export async function openWorld(): Promise<World> {
  const providers = await startScriptedProviders()
  const app = await startTestApp({ environment: { ...behindProxy, TOLLKEEPER_URL: ORIGIN, ...providers.environment } })
  return {
    app,
    providers,
    host: await app.person('Holly'),
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]()
      await providers[Symbol.asyncDispose]()
    },
  }
}

/** What is true of the one address, as far as those who act know. */
export interface Story {
  world: World
  email: string
  serial: number
  /** The account of the address, once its owner came in to it. */
  userId: string | null
  /** The account an operator made for the address before anybody had proved it. */
  broughtIn: string | null
  /** The owner's browser, while it is signed in. */
  owner: Call | null
  /** Browsers whose session the owner ended. */
  ended: Call[]
  ownerPassword: string | null
  passkey: ReturnType<typeof softwarePasskey> | null
  /** What the attacker holds: attempts of mail codes. */
  attempts: string[]
  /** The tenant that asks the owner to join. */
  team: string | null
  invitation: Invitation | null
  /** Links of invitations that were used or revoked. */
  spent: string[]
  joined: boolean
}

export interface Invitation {
  id: string
  token: string
}

export type Step = (story: Story) => Promise<void>

let stories = 0

export function newStory(world: World): Story {
  const serial = ++stories
  return {
    world,
    email: `story${serial}@example.test`,
    serial,
    userId: null,
    broughtIn: null,
    owner: null,
    ended: [],
    ownerPassword: null,
    passkey: null,
    attempts: [],
    team: null,
    invitation: null,
    spent: [],
    joined: false,
  }
}

/** A browser with these cookies, on a page of ours. */
export function browserWith({ world: { app } }: Story, cookies: string): Call {
  return callerOf(app.url, { cookie: cookies, origin: ORIGIN })
}

/** Calls what a page of ours calls, from an address nobody called from before. */
export function browse({ world: { app } }: Story, procedure: string, body: unknown): Promise<Answer> {
  return visitor(app)('POST', `//trpc/${procedure}`, body, { origin: ORIGIN })
}

export function signIn(story: Story, email: string, password: string): Promise<Answer> {
  return browse(story, 'auth.signIn', { email, password })
}

export function idIn({ body }: Answer): string | null {
  return (body as { user?: { id: string } }).user?.id ?? null
}

type Who = 'owner' | 'attacker'

/** What GitHub knows each of the two by. */
export const githubIdOf = ({ serial }: Story, who: Who) => serial * 2 + (who === 'owner' ? 0 : 1)
export const googleIdOf = ({ serial }: Story, who: Who) => `${who} ${serial}`

/** Either of the two agrees at GitHub to be who has the address, which GitHub has proved or not. @returns the code */
export function atGithub(story: Story, who: Who, verified: boolean): string {
  const emails = [{ email: story.email, primary: true, verified }]
  return story.world.providers.github.agree({ id: githubIdOf(story, who), login: who, emails })
}

export function atGoogle(story: Story, who: Who, verified: boolean): string {
  const { email } = story
  return story.world.providers.google.agree({ sub: googleIdOf(story, who), email, email_verified: verified })
}

/** The owner is in: it is always the same account, from whichever side they came. */
export async function ownerIsIn(story: Story, answer: Answer): Promise<void> {
  const cookies = cookiesOf(answer)
  expect(cookies, JSON.stringify(answer.body)).toContain('tollkeeper.session=')
  story.owner = browserWith(story, cookies)
  const userId = idIn(await story.owner('GET', '/users/me'))
  expect(userId).toMatch(/^usr_/)
  story.userId ??= userId
  expect(userId).toBe(story.userId)
}

/** Nobody got a session: not one of the owner's account, and none that could become it. */
export function nobodyIsIn(answer: Answer): void {
  expect(cookiesOf(answer)).not.toContain('tollkeeper.session=')
  expect(JSON.stringify(answer.body ?? null)).not.toContain('accessToken')
}
