import type { Call, TestApp } from '../../../testing/index.ts'
import { mailsTo, tokenIn } from './visitor.ts'

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
