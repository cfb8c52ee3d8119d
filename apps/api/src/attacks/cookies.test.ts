import { expect, test } from 'vitest'
import { startScriptedGithub } from '../modules/auth/testing/scripted-github.ts'
import { callerOf, startTestApp } from '../testing/index.ts'

const production = {
  NODE_ENV: 'production',
  TOLLKEEPER_URL: 'https://accounts.example.test',
  STRIPE_SECRET_KEY: 'sk_live_of_nobody',
  STRIPE_WEBHOOK_SECRETS: 'whsec_of_nobody',
  STRIPE_API_BASE: 'http://127.0.0.1:1',
  SMTP_URL: 'smtp://127.0.0.1:1',
}

test('in production every cookie of every answer is bound to this host, goes over TLS alone, and no page can read it', async () => {
  await using github = await startScriptedGithub()
  await using app = await startTestApp({
    environment: { ...production, GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret', GITHUB_BASE_URL: github.url },
  })
  const page = callerOf(app.url, { origin: production.TOLLKEEPER_URL })
  const { email, password } = await app.operator()
  const signedIn = await page('POST', '//trpc/auth.signIn', { email, password })
  const session = signedIn.headers.getSetCookie()[0]!.split(';')[0]!
  const out = await page('GET', '/auth/oauth/github/authorize')
  const carried = out.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const state = new URL((out.body as { authorizationUrl: string }).authorizationUrl).searchParams.get('state')!
  const code = github.agree({ id: 7, login: 'octo', emails: [{ email: 'octo@example.test', primary: true, verified: true }] })
  const answers = [
    signedIn,
    out,
    await callerOf(app.url, { cookie: carried })(
      'GET',
      `//api/auth/callback/github?code=${code}&state=${encodeURIComponent(state)}`,
    ),
    await callerOf(app.url, { cookie: carried })('GET', '//api/auth/callback/github?error=access_denied'),
    await callerOf(app.url, { cookie: session, origin: production.TOLLKEEPER_URL })('POST', '//trpc/auth.signOut', {}),
    await page('POST', '//trpc/auth.signOut', {}),
  ]
  const cookies = answers.flatMap(({ headers }) => headers.getSetCookie())
  expect(cookies.length).toBeGreaterThanOrEqual(5)
  for (const cookie of cookies) {
    const [pair, ...attributes] = cookie.split('; ')
    const flags = attributes.map((attribute) => attribute.toLowerCase())
    expect(pair).toMatch(/^__Host-tollkeeper\./)
    expect(flags, cookie).toEqual(expect.arrayContaining(['path=/', 'httponly', 'secure', 'samesite=lax']))
    expect(flags.filter((flag) => flag.startsWith('domain'))).toEqual([])
    expect(cookie.length).toBeLessThan(4_096)
  }
})
