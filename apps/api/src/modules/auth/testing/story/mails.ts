import { newestSignInMail } from '../sign-in-mail.ts'
import { type Mail, mailsTo, visitor } from '../visitor.ts'
import type { Story } from './story.ts'

/** The newest mail to the owner that leads to a path. */
export async function mailLeadingTo({ world, email }: Story, path: string): Promise<Mail | undefined> {
  return (await mailsTo(world.app, email)).find(({ text }) => text.includes(`${path}?token=`))
}

/** Asks for a sign-in mail as the owner, and reads it; null where the address has had enough of them. */
export async function askedMail(story: Story): Promise<{ attempt: string; code: string; token: string } | null> {
  const { world, email } = story
  const count = async () => (await mailsTo(world.app, email)).filter(({ text }) => text.includes('/sign-in-link?token=')).length
  const before = await count()
  const asked = await visitor(world.app)('POST', '/auth/mail', { email })
  if ((await count()) === before) return null
  return { attempt: (asked.body as { attempt: string }).attempt, ...(await newestSignInMail(world.app, email)) }
}
