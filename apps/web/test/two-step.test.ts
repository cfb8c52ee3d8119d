import { createEmulator, type Emulator } from 'emulate'
import { Secret, TOTP } from 'otpauth'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { expectSound, listenForComplaints } from './audit-page.ts'
import { chromiumPath, launchChromium, sayWithoutChromium } from './chromium.ts'
import { freePort, type ServerUnderTest, startServer } from './start-server.ts'

const ada = { name: 'Ada Lovelace', email: 'ada@example.com' }

vi.setConfig({ testTimeout: 180_000 })

if (chromiumPath) describe('sign-in in two steps, in a browser, of who comes by GitHub', twoSteps)
else {
  sayWithoutChromium('Two-step sign-in, in a browser,')
  test('a code that an authenticator app would show can be made where no browser can type it', () => {
    expect(TOTP.generate({ secret: new Secret() })).toMatch(/^\d{6}$/)
  })
}

/** Each step begins where the one before it ended, as for a person. */
function twoSteps() {
  let github: Emulator
  let server: ServerUnderTest
  let browser: Browser
  let page: Page
  let complaints: string[]
  let secret: string
  let usedUntil = 0

  beforeAll(async () => {
    github = await createEmulator({
      service: 'github',
      port: await freePort(),
      seed: { github: { users: [{ login: 'ada', ...ada }] } },
    })
    server = await startServer({ GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret', GITHUB_BASE_URL: github.url }, 'localhost')
    browser = await launchChromium()
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
    page = await context.newPage()
    page.setDefaultTimeout(60_000)
    complaints = listenForComplaints(page)
    const devtools = await context.newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true } as const
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: { ...options, isUserVerified: true, automaticPresenceSimulation: true },
    })
  }, 400_000)
  afterAll(async () => {
    await browser?.close()
    await server?.[Symbol.asyncDispose]()
    await github?.close()
  })

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const heading = (name: string) => page.getByRole('heading', { name, exact: true })
  const dialog = () => page.getByRole('dialog')

  async function comeByGithub(): Promise<void> {
    await button('Continue with GitHub').click()
    await page.waitForURL(`${github.url}/**`)
    await page.getByRole('button', { name: ada.email }).click()
  }

  async function signOut(): Promise<void> {
    await page.getByRole('button', { name: /Account of/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await heading('Sign in').waitFor()
    complaints.length = 0
  }

  /** A code of a step that no code was taken of: it may be one ahead, so none is waited for longer than a step. */
  async function nextCode(): Promise<string> {
    const step = () => Math.floor(Date.now() / 30_000)
    await vi.waitUntil(() => step() + 1 > usedUntil, { timeout: 40_000, interval: 250 })
    usedUntil = Math.max(step(), usedUntil + 1)
    return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: usedUntil * 30_000 })
  }

  /** What a session of more than ten minutes would be told: the next call of a procedure is refused for the age of its proof, once. */
  async function growOld(procedure: string): Promise<void> {
    const data = { code: 'auth.step_up_needed', status: 403, next: 'Prove it.', requestId: 'req_1', ours: false }
    await page.route(
      (url) => url.pathname === `/trpc/${procedure}`,
      (route) => route.fulfill({ status: 403, json: { error: { message: 'Too old.', code: -32003, data } } }),
      { times: 1 },
    )
  }

  test('who has no password proves by a mailed code that it is them, then sets up an authenticator app', async () => {
    await page.goto(`${server.url}/sign-in`)
    await comeByGithub()
    await heading('Overview').waitFor()
    await page.goto(`${server.url}/account/security`)
    await growOld('auth.secondFactor.offerTotp')
    await button('Set up an authenticator app').click()
    await heading('Is it you?').waitFor()
    await dialog().getByRole('button', { name: 'Mail me a code' }).click()
    await dialog().getByLabel('Code from the mail').fill('000000')
    await dialog().getByRole('button', { name: 'Continue' }).click()
    await page.getByText('This code is not the one that was mailed to you.', { exact: false }).waitFor()
    await dialog()
      .getByLabel('Code from the mail')
      .fill(await mailedCode())
    await dialog().getByRole('button', { name: 'Continue' }).click()
    await heading('Is it you?').waitFor({ state: 'hidden' })
    secret = (await dialog().locator('code').textContent())!
    complaints.length = 0
    await dialog()
      .getByLabel('The code it shows now')
      .fill(await nextCode())
    await dialog().getByRole('button', { name: 'Turn on' }).click()
    await button('I have stored them').click()
    await page.getByText('Each sign-in asks for a code of your authenticator app or a backup code.').waitFor()
    await expectSound(page, complaints)
  })

  test('coming back from GitHub gives the second step and no more, and the code of the app finishes it', async () => {
    await signOut()
    await comeByGithub()
    await heading('Second step').waitFor()
    await expectSound(page, complaints)
    expect((await page.request.get(`${server.url}/api/v1/users/me`)).status()).toBe(401)
    const names = (await page.context().cookies()).map(({ name }) => name)
    expect(names).toContain('tollkeeper.challenge')
    expect(names).not.toContain('tollkeeper.session')
    await page.getByLabel('Code').fill('000000')
    await button('Sign in').click()
    await page.getByText('This code is not right, or was used before.', { exact: false }).waitFor()
    await page.getByLabel('Code').fill(await nextCode())
    await button('Sign in').click()
    await heading('Overview').waitFor()
  })

  test('a passkey that is added takes the second step in place of the app', async () => {
    await page.goto(`${server.url}/account/security`)
    await button('Add a passkey').click()
    await page.getByText('The one you have').waitFor()
    await signOut()
    await comeByGithub()
    await heading('Second step').waitFor()
    await expectSound(page, complaints)
    await button('Use a passkey').click()
    await heading('Overview').waitFor()
  })

  test('two-step sign-in goes off with the app, and on again with the passkey, which then is the last and stays', async () => {
    await page.goto(`${server.url}/account/security`)
    await growOld('auth.secondFactor.removeTotp')
    await button('Turn off').click()
    await dialog().getByRole('button', { name: 'Turn off' }).click()
    await heading('Is it you?').waitFor()
    await button('Use a passkey').click()
    await heading('Is it you?').waitFor({ state: 'hidden' })
    await button('Turn on with a passkey').click()
    await button('I have stored them').click()
    await page.getByText('Each sign-in asks for a passkey or a backup code.').waitFor()
    complaints.length = 0
    await expectSound(page, complaints)
    await button(/^Remove the passkey/).click()
    await page.getByText('auth.last_second_factor').waitFor()
    await signOut()
    await comeByGithub()
    await button('Use a passkey').click()
    await heading('Overview').waitFor()
  })

  test('a tenant that asks for two steps is closed to who turned theirs off, leads them to setting it up, and is open again', async () => {
    await page.goto(`${server.url}/security`)
    await page.getByText('Every member has a second step.').waitFor()
    await button('Require two-step sign-in').click()
    await button('Require it').click()
    await page.getByText('Required', { exact: true }).waitFor()
    complaints.length = 0
    await expectSound(page, complaints)
    await page.goto(`${server.url}/account/security`)
    await button('Turn off').click()
    await dialog().getByRole('button', { name: 'Turn off' }).click()
    await button('Turn on with a passkey').waitFor()
    await page.goto(`${server.url}/keys`)
    await page.getByRole('heading', { name: /asks for two-step sign-in$/ }).waitFor()
    await page.getByRole('link', { name: 'Set up two-step sign-in' }).click()
    await button('Turn on with a passkey').click()
    await button('I have stored them').click()
    await page.waitForURL(`${server.url}/keys`)
    await heading('API keys').waitFor()
    await button('Issue key').first().waitFor()
  })

  /** The newest code by which a session is proved anew, as the person would read it. */
  async function mailedCode(): Promise<string> {
    const mails: { to: string; subject: string; text: string }[] = await (await fetch(`${server.url}/dev/mailbox.json`)).json()
    const mail = mails.find(({ to, subject }) => to === ada.email && subject === 'Your code to go on in Tollkeeper')
    if (!mail) throw new Error(`The mailbox has no code for ${ada.email}.`)
    return mail.text.match(/^\d{6}$/m)![0]
  }
}
