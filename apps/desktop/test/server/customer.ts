import { callServer } from './call-server.ts'

export interface Customer {
  email: string
  password: string
  name: string
  tenantId: string
  /** An API key of the tenant. */
  key: string
}

/** The newest mail to an address, wherever the server's mails go. */
type ReadMail = (address: string) => Promise<string | undefined> | string | undefined

const password = 'a long enough phrase for this'

/** Somebody who registers and proves their address with the mail. */
export async function newPerson(url: string, name: string, email: string, mailTo: ReadMail = inMailbox(url)): Promise<void> {
  // both from one address: a link that is opened elsewhere does not prove who asked for the account
  const person = callServer(url)
  await person.auth.register.mutate({ email, password, name })
  await person.auth.verifyEmail.mutate({ token: await tokenFromMail(email, mailTo) })
}

/** A person with an API key of their own tenant: all through the server's own doors. */
export async function newCustomer(url: string, name: string, mailTo: ReadMail = inMailbox(url)): Promise<Customer> {
  const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@example.com`
  await newPerson(url, name, email, mailTo)
  const { accessToken, tenants } = await callServer(url).auth.login.mutate({ email, password })
  const { secret } = await callServer(url, accessToken).apiKey.issue.mutate({ name: 'ci' })
  return { email, password, name, key: secret, tenantId: tenants[0]!.id }
}

function inMailbox(url: string): ReadMail {
  return async (address) => {
    const mails = (await (await fetch(`${url}/dev/mailbox.json`)).json()) as { to: string; text: string }[]
    return mails.find(({ to }) => to === address)?.text
  }
}

async function tokenFromMail(email: string, mailTo: ReadMail): Promise<string> {
  const deadline = Date.now() + 10_000
  while (Date.now() < deadline) {
    const token = /verify-email\?token=([^\s]+)/.exec((await mailTo(email)) ?? '')?.[1]
    if (token) return decodeURIComponent(token)
    await new Promise((later) => setTimeout(later, 50))
  }
  throw new Error(`No verification mail came for ${email}.`)
}
