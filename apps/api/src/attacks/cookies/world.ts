import { randomBytes } from 'node:crypto'
import { manualClock } from '../../kernel/clock.ts'
import { unseal } from '../../kernel/seal.ts'
import { createVerifiedPerson } from '../../modules/auth/index.ts'
import type { MovedClock } from '../../modules/auth/testing/authenticator.ts'
import { ORIGIN } from '../../modules/auth/testing/passkey-holder.ts'
import { type ScriptedProviders, startScriptedProviders } from '../../modules/auth/testing/scripted-providers.ts'
import { mailBody } from '../../modules/notification/mail-body.ts'
import { startTestApp, type TestApp } from '../../testing/index.ts'

/** A server, in one of the ways it is run. */
export interface World extends AsyncDisposable {
  app: TestApp
  providers: ScriptedProviders
  clock: MovedClock
  production: boolean
  /** Of its pages. */
  origin: string
}

const production = {
  NODE_ENV: 'production',
  TOLLKEEPER_URL: 'https://accounts.example.test',
  STRIPE_SECRET_KEY: 'sk_live_of_nobody',
  STRIPE_WEBHOOK_SECRETS: 'whsec_of_nobody',
  STRIPE_API_BASE: 'http://127.0.0.1:1',
  SMTP_URL: 'smtp://127.0.0.1:1',
}

export async function openWorld(mode: 'production' | 'development'): Promise<World> {
  const providers = await startScriptedProviders()
  const clock = manualClock(new Date())
  const environment = mode === 'production' ? production : { TOLLKEEPER_URL: ORIGIN }
  const app = await startTestApp({ clock, environment: { ...environment, ...providers.environment } })
  return {
    app,
    providers,
    clock,
    production: mode === 'production',
    origin: app.services.publicUrl,
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]()
      await providers[Symbol.asyncDispose]()
    },
  }
}

export interface Somebody {
  email: string
  password: string
  userId: string
}

let people = 0

/** Without a mail, as in production there is no mailbox to read it in. */
export async function somebody({ app }: World): Promise<Somebody> {
  const [email, password] = [`browser${++people}@example.test`, `a long password ${randomBytes(6).toString('hex')}`]
  const { userId } = await createVerifiedPerson(app.services, { email, name: 'Ada', password })
  return { email, password, userId }
}

/** The text of the newest mail to an address, as it waits to be sent. */
export async function newestMail({ app }: World, address: string): Promise<string> {
  const { pool, secrets } = app.services
  const { rows } = await pool.query<{ text_body: string }>(
    'select text_body from email_message where recipient = $1 order by created_at desc limit 1',
    [address],
  )
  if (!rows[0]) throw new Error(`There is no mail to ${address}`)
  return unseal(secrets.seal, mailBody, rows[0].text_body)
}
