import type { ProviderName } from '@tollkeeper/shared'
import { type Answer, type Call, callerOf, type TestApp } from '../../../testing/index.ts'

/** A browser on its way to a provider. */
export interface WayOut {
  state: string
  cookie: string
}

/** The cookies an answer sets, as the browser sends them back. */
export function cookiesOf({ headers }: Answer): string {
  return headers
    .getSetCookie()
    .filter((line) => !/; Max-Age=0;/.test(line))
    .map((line) => line.split(';')[0])
    .join('; ')
}

export function wayOutOf(answer: Answer): WayOut {
  const { authorizationUrl } = answer.body as { authorizationUrl?: string }
  if (!authorizationUrl) throw new Error(`There was no way out: ${JSON.stringify(answer.body)}`)
  return { state: new URL(authorizationUrl).searchParams.get('state')!, cookie: cookiesOf(answer) }
}

/** Comes back from a provider with the code it gave. */
export function comeBackWith(
  app: Pick<TestApp, 'url'>,
  provider: ProviderName,
  code: string,
  { state, cookie }: WayOut,
): Promise<Answer> {
  const query = new URLSearchParams({ code, state })
  return callerOf(app.url, { cookie })('GET', `//api/auth/callback/${provider}?${query}`)
}

/** Goes out to a provider and comes back, as a browser does. */
export async function visitProvider(app: TestApp, provider: ProviderName, code: string, call: Call = app.call): Promise<Answer> {
  return comeBackWith(app, provider, code, wayOutOf(await call('GET', `/auth/oauth/${provider}/authorize`)))
}

/** The same to tie the account there to the caller's. */
export async function linkProvider(app: TestApp, provider: ProviderName, code: string, call: Call): Promise<Answer> {
  return comeBackWith(app, provider, code, wayOutOf(await call('POST', `/auth/oauth/accounts/${provider}`)))
}
