import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'

export interface Customer {
  accessToken: string
  apiKey: string
}

/** Somebody who registers, opens the link in the mail, signs in and issues a key: over REST, as README.md says. */
export async function newCustomer(url: string, name: string): Promise<Customer> {
  const person = { email: `${name}-${randomBytes(4).toString('hex')}@example.com`, password: 'a whale of a password', name }
  await ask(url, 'POST', '/auth/register', person)
  await ask(url, 'GET', `/auth/verify-email?token=${await tokenFor(url, person.email)}`)
  const { accessToken } = await ask(url, 'POST', '/auth/login', { email: person.email, password: person.password })
  const { secret } = await ask(url, 'POST', '/api-keys', { name: 'translator' }, String(accessToken))
  return { accessToken: String(accessToken), apiKey: String(secret) }
}

/** Buys a plan as a person does: opens the checkout and sends its form as it stands, with the card that always pays. */
export async function buy(url: string, customer: Customer, plan: string): Promise<void> {
  const checkout = await ask(url, 'POST', '/subscriptions', { plan }, customer.accessToken)
  const page = await (await fetch(String(checkout.url))).text()
  const form = new URLSearchParams({ intent: 'pay' })
  for (const [input] of page.matchAll(/<input [^>]*name="[^>]*>/g)) {
    form.set(/name="([^"]*)"/.exec(input)?.[1] ?? '', /value="([^"]*)"/.exec(input)?.[1] ?? '')
  }
  const paid = await fetch(String(checkout.url), { method: 'POST', body: form, redirect: 'manual' })
  if (paid.status !== 303) throw new Error(`The checkout answered ${paid.status}: ${await paid.text()}`)
}

/** How many units of the feature the key's tenant has used in the present window. */
export async function used(url: string, { apiKey }: Customer, feature: string): Promise<unknown> {
  const { features } = await ask(url, 'GET', '/usage/current', undefined, apiKey)
  return (features as { feature: string; used: number }[]).find((each) => each.feature === feature)?.used
}

/** The plan in force, as soon as it is another than `free`. */
export async function planAfterPayment(url: string, { apiKey }: Customer): Promise<unknown> {
  for (const deadline = Date.now() + 10_000; ; await pause(50)) {
    const { plan } = await ask(url, 'GET', '/subscriptions/current', undefined, apiKey)
    if (plan !== 'free' || Date.now() > deadline) return plan
  }
}

async function tokenFor(url: string, email: string): Promise<string> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await pause(50)) {
    const mails = (await (await fetch(`${url}/dev/mailbox.json`)).json()) as { to: string; text: string }[]
    const token = /verify-email\?token=([^\s"]+)/.exec(mails.find(({ to }) => to.includes(email))?.text ?? '')?.[1]
    if (token) return token
  }
  throw new Error(`No verification mail came for ${email}`)
}

async function ask(
  url: string,
  method: string,
  path: string,
  body?: object,
  credential?: string,
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...(credential ? { authorization: `Bearer ${credential}` } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`)
  return JSON.parse(text)
}
