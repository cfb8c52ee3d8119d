import { readFile } from 'node:fs/promises'
import { createEmulator, type Emulator } from 'emulate'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { expectSound, listenForComplaints } from './audit-page.ts'
import { chromiumPath, launchChromium, sayWithoutChromium } from './chromium.ts'
import { freePort, type ServerUnderTest, startServer } from './start-server.ts'

const ada = { name: 'Ada Lovelace', email: 'ada@example.com' }
const unproved = 'unproved@example.com'

vi.setConfig({ testTimeout: 180_000 })

if (chromiumPath) describe('every way in, in a browser, against emulated GitHub and Google', waysIn)
else {
  sayWithoutChromium('The ways in, in a browser,')
  test('the emulators that stand in for GitHub and Google start where no browser can be sent to them', async () => {
    const github = await createEmulator({ service: 'github', port: await freePort() })
    expect((await fetch(`${github.url}/login/oauth/authorize`)).status).toBe(200)
    await github.close()
  })
}

/** Each step begins where the one before it ended, as for a person. */
function waysIn() {
  let github: Emulator
  let google: Emulator
  let server: ServerUnderTest
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let devtools: CDPSession
  let authenticatorId: string
  let complaints: string[]

  beforeAll(async () => {
    github = await createEmulator({
      service: 'github',
      port: await freePort(),
      seed: { github: { users: [{ login: 'ada', ...ada }] } },
    })
    google = await createEmulator({
      service: 'google',
      port: await freePort(),
      seed: { google: { users: [ada, { name: 'Nobody Yet', email: unproved, email_verified: false }] } },
    })
    server = await startServer(
      {
        GITHUB_CLIENT_ID: 'id',
        GITHUB_CLIENT_SECRET: 'secret',
        GITHUB_BASE_URL: github.url,
        GOOGLE_CLIENT_ID: 'id',
        GOOGLE_CLIENT_SECRET: 'secret',
        GOOGLE_DISCOVERY_URL: `${google.url}/.well-known/openid-configuration`,
      },
      'localhost',
    )
    browser = await launchChromium()
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
    page = await context.newPage()
    page.setDefaultTimeout(60_000)
    complaints = listenForComplaints(page)
    devtools = await context.newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true } as const
    const made = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: { ...options, isUserVerified: true, automaticPresenceSimulation: true },
    })
    authenticatorId = made.authenticatorId
  }, 400_000)
  afterAll(async () => {
    await browser?.close()
    await server?.[Symbol.asyncDispose]()
    await Promise.all([github?.close(), google?.close()])
  })

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const heading = (name: string) => page.getByRole('heading', { name, exact: true })

  async function signOut(): Promise<void> {
    await page.getByRole('button', { name: /Account of/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await heading('Sign in').waitFor()
    complaints.length = 0
  }

  test('a stranger comes in by GitHub, and has an account with the address that was proved there', async () => {
    await page.goto(`${server.url}/sign-in`)
    await button('Continue with GitHub').waitFor()
    complaints.length = 0
    await expectSound(page, complaints)
    await button('Continue with GitHub').click()
    await page.waitForURL(`${github.url}/**`)
    await page.getByRole('button', { name: ada.email }).click()
    await heading('Overview').waitFor()
    await page.goto(`${server.url}/account`)
    await page.getByText(`Your account belongs to ${ada.email}.`, { exact: false }).waitFor()
  })

  test('Google opens the same account, as both proved the address, and both are shown as connected', async () => {
    await signOut()
    await button('Continue with Google').click()
    await page.waitForURL(`${google.url}/**`)
    await page.getByRole('button', { name: ada.email }).click()
    await heading('Overview').waitFor()
    await page.goto(`${server.url}/account/security`)
    await button('Disconnect GitHub').waitFor()
    await button('Disconnect Google').waitFor()
    await expectSound(page, complaints)
  })

  test('an account is disconnected and connected again from the account page', async () => {
    await button('Disconnect Google').click()
    await button('Connect Google').click()
    await page.waitForURL(`${google.url}/**`)
    await page.getByRole('button', { name: ada.email }).click()
    await page.waitForURL(`${server.url}/account/security`)
    await button('Disconnect Google').waitFor()
  })

  test('the last way in stays', async () => {
    await button('Disconnect Google').click()
    await button('Connect Google').waitFor()
    await button('Disconnect GitHub').click()
    await page.getByText('auth.last_way_in').waitFor()
    await button('Disconnect GitHub').waitFor()
    complaints.length = 0
  })

  test('a passkey is made, and named', async () => {
    await button('Add a passkey').click()
    await button(/^Rename the passkey/).click()
    await page.getByRole('dialog').getByLabel('Name').fill('My phone')
    await page.getByRole('dialog').getByRole('button', { name: 'Rename passkey' }).click()
    await page.getByRole('cell', { name: 'My phone', exact: true }).waitFor()
    const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId })
    expect(credentials).toMatchObject([{ isResidentCredential: true, rpId: 'localhost' }])
    await expectSound(page, complaints)
  })

  test('the passkey signs in, with nothing typed', async () => {
    await signOut()
    await button('Use a passkey').click()
    await heading('Overview').waitFor()
    await page.goto(`${server.url}/account/security`)
    await page.getByText('passkey', { exact: true }).first().waitFor()
  })

  test('a person who stops at their device stays where they are, and is told', async () => {
    await signOut()
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
    await button('Use a passkey').click()
    await page.getByText('No passkey was used.', { exact: false }).waitFor()
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
    complaints.length = 0
  })

  test('a code in a mail signs in where it was asked for', async () => {
    await page.getByRole('link', { name: 'Mail me a code' }).click()
    await heading('Sign in by mail').waitFor()
    await page.getByLabel('Email').fill(ada.email)
    await button('Mail me a code').click()
    await heading('Check your mail').waitFor()
    await expectSound(page, complaints)
    await page.getByLabel('Code').fill('000 000')
    await button('Sign in').click()
    await page.getByText('This code is not the one that was mailed', { exact: false }).waitFor()
    await page.getByLabel('Code').fill((await newestMail(ada.email)).code)
    await button('Sign in').click()
    await heading('Overview').waitFor()
  })

  test('the link of the mail does nothing until it is confirmed, then signs in this browser', async () => {
    const asked = await fetch(`${server.url}/api/v1/auth/mail`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: ada.email }),
    })
    expect(asked.status).toBe(202)
    const { link } = await newestMail(ada.email)
    const other = await (await browser.newContext()).newPage()
    for (let opened = 0; opened < 2; opened++) {
      await other.goto(link)
      await other.getByRole('button', { name: 'Sign in here' }).waitFor()
    }
    await expectSound(other)
    await other.getByRole('button', { name: 'Sign in here' }).click()
    await other.getByRole('heading', { name: 'Overview' }).waitFor()
    await other.context().close()
  })

  test('who came by GitHub sets a first password and comes in by it elsewhere, in the theme they chose; their data goes along', async () => {
    const password = 'tidal copper lantern'
    await page.goto(`${server.url}/account/security`)
    await heading('Set a password').waitFor()
    await page.locator('input[name=newPassword]').fill('short')
    await button('Set password').click()
    await page.getByText('Must have at least 12 characters.').waitFor()
    await page.locator('input[name=newPassword]').fill(password)
    await button('Set password').click()
    await button('Change password').waitFor()
    complaints.length = 0
    await page.getByRole('button', { name: /Account of/ }).click()
    await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/trpc/auth.account.changePreferences') && response.ok()),
      page.getByRole('menuitem', { name: 'Dark theme' }).click(),
    ])

    const elsewhere = await (await browser.newContext({ colorScheme: 'light' })).newPage()
    await elsewhere.goto(`${server.url}/sign-in?next=%2Faccount`)
    await elsewhere.getByLabel('Email').fill(ada.email)
    await elsewhere.getByLabel('Password', { exact: true }).fill(password)
    await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click()
    await elsewhere.getByRole('heading', { name: 'Your account', exact: true }).waitFor()
    expect(await elsewhere.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
    const [download] = await Promise.all([
      elsewhere.waitForEvent('download'),
      elsewhere.getByRole('button', { name: 'Download my data' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^your-data-\d{4}-\d\d-\d\d\.json$/)
    const { data } = JSON.parse(await readFile(await download.path(), 'utf8'))
    expect([data.user[0].email, data.user_preference[0].theme]).toEqual([ada.email, 'dark'])
    await elsewhere.context().close()
  })

  test('an address that Google did not prove is told so on the sign-in page', async () => {
    await signOut()
    await button('Continue with Google').click()
    await page.waitForURL(`${google.url}/**`)
    await page.getByRole('button', { name: unproved }).click()
    await page.getByText('auth.provider_unverified').waitFor()
    await expectSound(page, complaints)
  })

  /** The code and the link of the newest sign-in mail, as the person would read them. */
  async function newestMail(email: string): Promise<{ code: string; link: string }> {
    const mails: { to: string; text: string }[] = await (await fetch(`${server.url}/dev/mailbox.json`)).json()
    const mail = mails.find(({ to, text }) => to === email && text.includes('/sign-in-link?'))
    if (!mail) throw new Error(`The mailbox has no sign-in mail to ${email}.`)
    return { code: mail.text.match(/^\d{6}$/m)![0], link: mail.text.match(/http\S+\/sign-in-link\?token=\S+/)![0] }
  }
}
