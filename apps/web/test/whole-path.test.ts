import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { firstDecision } from '../src/routes/overview/first-decision.ts'
import { expectSound, listenForComplaints } from './audit-page.ts'
import { chromiumPath, launchChromium, sayWithoutChromium } from './chromium.ts'
import { type ServerUnderTest, startServer } from './start-server.ts'
import { root } from './web-root.ts'

const run = promisify(execFile)

/** Whether this machine has a program of that name. */
function has(program: string): Promise<boolean> {
  return run('sh', ['-c', `command -v ${program}`]).then(
    () => true,
    () => false,
  )
}

const person = { name: 'Ada Lovelace', email: 'ada@example.com', password: 'tidal copper lantern' }

if (chromiumPath) describe('from sign-up to an allowed decision, on a real server', wholePath)
else {
  sayWithoutChromium('The whole path in a browser')
  test('the server that the path is walked on starts, and serves its API, where no browser can walk it', async () => {
    await using server = await startServer()
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  })
}

/** Each step begins where the one before it ended, as for a person. */
function wholePath() {
  let server: ServerUnderTest
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let complaints: string[]
  let secret: string
  /** What is left of the day's 1,000 characters. */
  let left = 1000

  beforeAll(async () => {
    server = await startServer()
    browser = await launchChromium()
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
    page = await context.newPage()
    page.setDefaultTimeout(15_000)
    complaints = listenForComplaints(page)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.[Symbol.asyncDispose]()
  })

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const heading = (name: string | RegExp) => page.getByRole('heading', { name, exact: true })

  test('a stranger is shown the way in', async () => {
    await page.goto(server.url)
    await heading('Sign in').waitFor()
    expect(complaints.every((line) => line.includes('401'))).toBe(true)
    complaints.length = 0
    await page.getByRole('link', { name: 'Create one' }).click()
    await heading('Create your account').waitFor()
    await expectSound(page, complaints)
  })

  test('they register, and find the mail in the development mailbox', async () => {
    await page.getByLabel('Name').fill(person.name)
    await page.getByLabel('Email').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await button('Create account').click()
    await heading('Check your mail').waitFor()
    expect(await page.getByRole('link', { name: 'Open the development mailbox' }).getAttribute('href')).toBe('/dev/mailbox')
    await expectSound(page, complaints)
  })

  test('before the address is verified, the right password is told so', async () => {
    const early = await context.newPage()
    await early.goto(`${server.url}/sign-in`)
    await signIn(early)
    await early.getByText('auth.email_unverified').waitFor()
    await early.getByRole('button', { name: 'Send it again' }).waitFor()
    await early.close()
  })

  test('the link of the mail and the password that was chosen verify the address and sign in', async () => {
    const link = await verificationLink()
    await page.goto(link)
    await heading('Verify your address').waitFor()
    await expectSound(page, complaints)
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    await button('Verify and sign in').click()
    await page.getByText('Is not the one that was chosen.').waitFor()
    complaints.length = 0
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await button('Verify and sign in').click()
    await heading('Overview').waitFor()
  })

  test('a link that was used before says so, and offers another', async () => {
    const again = await context.newPage()
    await again.goto(await verificationLink())
    await again.getByLabel('Password', { exact: true }).fill(person.password)
    await again.getByRole('button', { name: 'Verify and sign in' }).click()
    await again.getByRole('heading', { name: 'This link does not work' }).waitFor()
    await again.getByRole('button', { name: 'Send a new link' }).waitFor()
    await again.close()
  })

  test('the overview of a new tenant teaches the first steps', async () => {
    await page.getByText('On Free').waitFor()
    await page.getByText('Issue an API key').waitFor()
    await page.getByText('0 of 1,000 characters', { exact: false }).waitFor()
    await expectSound(page, complaints)
  })

  test('they issue a key, and its secret is shown once', async () => {
    await page.getByRole('link', { name: 'Issue key' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('production')
    await expectSound(page, complaints)
    await dialog.getByRole('button', { name: 'Issue key' }).click()
    const block = page.locator('code', { hasText: /^tk_\w{20,}/ })
    await block.waitFor()
    secret = (await block.textContent())?.trim() ?? ''
    await expectSound(page, complaints)
    await button('I have stored it').click()
    await block.waitFor({ state: 'detached' })
    expect(await page.content()).not.toContain(secret)
  })

  test('the code samples run as they are shown, and each is charged', async () => {
    const samples = Object.fromEntries(firstDecision(server.url).map(({ label, code }) => [label, code]))
    const env = { ...process.env, TOLLKEEPER_API_KEY: secret }
    const { stdout } = await run(process.execPath, ['--input-type=module-typescript', '--eval', samples.TypeScript ?? ''], {
      env,
      cwd: root,
    })
    expect(stdout).toContain('allowed, 588 left')
    left = 588
    if (await has('curl')) {
      const curl = await run('sh', ['-c', samples.curl ?? ''], { env })
      expect(JSON.parse(curl.stdout)).toMatchObject({ allowed: true, remaining: 176 })
      left = 176
    }
    if (await has('python3')) {
      const python = await run('python3', ['-c', samples.Python ?? ''], { env })
      expect(python.stdout).toMatch(left === 176 ? /^False 176 \[.*'upgrade'/ : /^True 176 \[\]/)
      left = 176
    }
  })

  test('the key decides for a program, and the overview notices', async () => {
    expect(await authorize(left - 100)).toMatchObject({ allowed: true, remaining: 100 })
    const denied = await authorize(400)
    expect(denied).toMatchObject({ allowed: false, code: 'quota.limit_reached' })
    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByText('90% used, 100 left').waitFor()
    await expect.poll(() => page.getByText('Issue an API key').count()).toBe(0)
  })

  test('a denial says why, and what would allow it', async () => {
    await page.getByLabel('Amount').fill('400')
    await button('Ask').click()
    await page.getByText('Not allowed', { exact: true }).waitFor()
    await page.getByText(/Only 100 of 1,000 are left/).waitFor()
    await page.getByText(/Upgrade to Starter, which grants 50,000/).waitFor()
    await expectSound(page, complaints)
    await button('Explain').click()
    await page.getByText('It would be refused now.').waitFor()
    expect(await page.getByRole('table', { name: 'Every step of the decision' }).getByRole('row').count()).toBe(9)
    await expectSound(page, complaints)
  })

  test('leaving the checkout charges nothing and changes nothing', async () => {
    await page.getByRole('link', { name: 'Plans', exact: true }).click()
    await button('Upgrade to Starter').click()
    await page.waitForURL(/\/_stripe\//)
    await page.goBack()
    await page.getByText('The checkout was left before it was paid').waitFor()
    await page.getByText('Your plan', { exact: true }).waitFor()
  })

  test('they pay for Starter, and the page waits for the payment to be confirmed', async () => {
    await button('Upgrade to Starter').click()
    await page.waitForURL(/\/_stripe\//)
    await page.getByRole('button', { name: /^(Subscribe|Pay (?!with))/ }).click()
    await page.waitForURL(/\/billing\/confirming/)
    await heading('You are on Starter').waitFor()
    await expectSound(page, complaints)
  })

  test('what was denied is allowed now', async () => {
    expect(await authorize(400)).toMatchObject({ allowed: true, limit: 50_000 })
    await page.getByRole('link', { name: 'Go to the overview' }).click()
    await page.getByText('On Starter').waitFor()
    await page.getByLabel('Amount').fill('400')
    await button('Ask').click()
    await page.getByText('400 characters were used up.', { exact: false }).waitFor()
    await page.getByText('1,700 of 50,000 characters', { exact: false }).waitFor()
    await expectSound(page, complaints)
  })

  test('billing shows the subscription and the invoice that was paid', async () => {
    await page.getByRole('link', { name: 'Billing' }).click()
    await page.getByText('Active', { exact: true }).waitFor()
    await page.getByRole('link', { name: /^PDF of invoice/ }).waitFor()
    await page.getByRole('cell', { name: 'Paid' }).waitFor()
    await expectSound(page, complaints)
  })

  test('activity tells what was done, and members who is there', async () => {
    await page.getByRole('link', { name: 'Activity' }).click()
    await page.getByText('Issued an API key').waitFor()
    await expectSound(page, complaints)
    await page.getByRole('link', { name: 'Members' }).click()
    await page.getByRole('cell', { name: person.email }).waitFor()
    await expectSound(page, complaints)
  })

  test('another tenant has nothing of the first', async () => {
    await page.getByRole('button', { name: /switch or create/ }).click()
    await page.getByRole('menuitem', { name: 'Create tenant' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('Acme Translations')
    await page.getByRole('dialog').getByRole('button', { name: 'Create tenant' }).click()
    await page.getByRole('button', { name: /Acme Translations/ }).waitFor()
    await page.getByRole('link', { name: 'API keys' }).click()
    await page.getByText('A key is what your program shows', { exact: false }).waitFor()
    await expectSound(page, complaints)
    await page.getByRole('button', { name: /switch or create/ }).click()
    await page.getByRole('menuitem', { name: person.name }).click()
    await page.getByText('production').waitFor()
  })

  test('a revoked key is refused, after its name was typed', async () => {
    await button('Revoke production').click()
    await page.getByLabel('Type production to confirm').fill('production')
    await button('Revoke key').click()
    await page.getByText('Revoked', { exact: true }).waitFor()
    await expect.poll(async () => (await authorize(1)).code).toBe('api_key.revoked')
    await expectSound(page, complaints)
  })

  test('a console asks to sign in, and is approved by its code', async () => {
    const started = await post('/api/v1/auth/device/code', { client: 'console' })
    const other = await context.newPage()
    await other.goto(String(started.verificationUriComplete))
    await other.getByText(String(started.userCode)).waitFor()
    await expectSound(other)
    await other.getByRole('button', { name: 'Approve sign-in' }).click()
    await other.getByRole('heading', { name: 'The device is signed in' }).waitFor()
    const signedIn = await post('/api/v1/auth/device/token', { deviceCode: started.deviceCode })
    expect(signedIn).toMatchObject({ user: { email: person.email } })
    await other.close()
  })

  test('signing out ends the session', async () => {
    await page.getByRole('button', { name: /Account of/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await heading('Sign in').waitFor()
    expect(complaints).toEqual([])
    await page.goto(`${server.url}/keys`)
    await page.waitForURL(/\/sign-in\?next=/)
  })

  test('a forgotten password is replaced by the link that is mailed, and the sessions are seen on the account page', async () => {
    await page.goto(`${server.url}/sign-in`)
    complaints.length = 0
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    await heading('Forgot your password').waitFor()
    await page.getByLabel('Email').fill(person.email)
    await button('Send the link').click()
    await page.getByText(`If there is an account for ${person.email}`, { exact: false }).waitFor()
    await page.goto(await mailedLink('reset-password'))
    await page.getByLabel('New password').fill(`${person.password} anew`)
    await button('Set the password').click()
    await page.getByRole('heading', { name: 'Your password is set' }).waitFor()
    await expectSound(page, complaints)
    await page.getByRole('link', { name: 'Sign in' }).click()
    await page.getByLabel('Password', { exact: true }).fill(`${person.password} anew`)
    await button('Sign in').click()
    await heading('Overview').waitFor()
    await page.goto(`${server.url}/account/security`)
    await page.getByText('This one').waitFor()
    await expectSound(page, complaints)
  })

  async function signIn(where: Page): Promise<void> {
    await where.getByLabel('Email').fill(person.email)
    await where.getByLabel('Password', { exact: true }).fill(person.password)
    await where.getByRole('button', { name: 'Sign in' }).click()
  }

  /** The newest link that verifies the address. */
  function verificationLink(): Promise<string> {
    return mailedLink('verify-email')
  }

  /** The newest link to a page that was mailed, as the person would open it. */
  async function mailedLink(path: string): Promise<string> {
    const mails: { to: string; text: string }[] = await (await fetch(`${server.url}/dev/mailbox.json`)).json()
    const link = mails.flatMap(({ to, text }) =>
      to === person.email ? (text.match(new RegExp(`http\\S+/${path}\\?token=\\S+`)) ?? []) : [],
    )[0]
    if (!link) throw new Error(`The mailbox has no link to ${path}.`)
    return link
  }

  function authorize(amount: number): Promise<Record<string, unknown>> {
    return post('/api/v1/authorize', { feature: 'characters', amount }, { authorization: `Bearer ${secret}` })
  }

  async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Record<string, unknown>> {
    const answer = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    return (await answer.json()) as Record<string, unknown>
  }
}
