import { randomBytes } from 'node:crypto'
import type { SignedIn } from '@tollkeeper/shared'
import { type Call, callerOf, type TestApp } from '../../../testing/index.ts'
import { mailsTo, tokenIn, visitor } from './visitor.ts'

export interface MailedSignIn {
  /** What the page that asked was told. */
  attempt: string
  code: string
  token: string
}

/** Asks for a sign-in mail, and reads it as the owner of the address would. */
export async function askSignInMail(app: TestApp, call: Call, email: string): Promise<MailedSignIn> {
  const asked = await call('POST', '/auth/mail', { email })
  if (asked.status !== 202) throw new Error(`No mail was asked for: ${JSON.stringify(asked.body)}`)
  return { attempt: (asked.body as { attempt: string }).attempt, ...(await newestSignInMail(app, email)) }
}

/** The code and the link of the newest sign-in mail to an address. */
export async function newestSignInMail(app: TestApp, email: string): Promise<{ code: string; token: string }> {
  const mail = (await mailsTo(app, email)).find(({ text }) => text.includes('/sign-in-link?token='))
  if (!mail) throw new Error(`No sign-in mail to ${email}`)
  return { code: /^\d{6}$/m.exec(mail.text)![0], token: tokenIn(mail) }
}

/** Somebody who came by a mailed code, so they have an account and no password. */
export async function signInWithoutPassword(app: TestApp): Promise<SignedIn & { email: string; call: Call }> {
  const email = `by-mail-${randomBytes(6).toString('hex')}@example.test`
  const { attempt, code } = await askSignInMail(app, visitor(app), email)
  const answer = await visitor(app)('POST', '/auth/mail/code', { attempt, code })
  if (answer.status !== 200) throw new Error(`Nobody came in: ${JSON.stringify(answer.body)}`)
  const signedIn = answer.body as SignedIn
  return { ...signedIn, email, call: callerOf(app.url, { authorization: `Bearer ${signedIn.accessToken}` }) }
}

/** Has a code mailed to prove again who one is, and reads it. */
export async function mailedStepUpCode(app: TestApp, call: Call, email: string): Promise<string> {
  const asked = await call('POST', '/auth/step-up/mail')
  if (asked.status !== 202) throw new Error(`No code was mailed: ${JSON.stringify(asked.body)}`)
  const mail = (await mailsTo(app, email)).find(({ subject }) => subject === 'Your code to go on in Tollkeeper')
  return /^\d{6}$/m.exec(mail!.text)![0]
}
