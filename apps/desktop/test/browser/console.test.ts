import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startScriptedServer } from '../scripted/scripted-server.ts'
import { approveDevice } from '../server/approve-device.ts'
import { callServer } from '../server/call-server.ts'
import { type Customer, newCustomer, newPerson } from '../server/customer.ts'
import { type RealServer, startServer } from '../server/start-server.ts'
import { type RunningMain, runMain } from '../stand-in/run-main.ts'
import { auditPage } from './audit-page.ts'
import { findChromium } from './find-chromium.ts'
import { launchChromium, type OpenConsole, openConsole } from './open-console.ts'

const chromium = findChromium()
const HOSTILE = `<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>`

test('a CHROMIUM_PATH that leads nowhere is refused by name', () => {
  expect(() => findChromium('/nowhere/chromium')).toThrow('/nowhere/chromium')
})

if (chromium !== null)
  describe('the built console in Chromium, against a real server', { timeout: 60_000 }, () => operate(chromium))

function operate(executable: string): void {
  let server: RealServer
  let ada: Customer
  let browser: Browser
  let main: RunningMain
  let open: OpenConsole
  let page: Page

  beforeAll(async () => {
    ;[server, browser, main] = await Promise.all([startServer(), launchChromium(executable), runMain()])
    ada = await newCustomer(server.url, 'Ada Lovelace')
    await newCustomer(server.url, 'Grace Hopper')
    open = await openConsole(browser, main)
    page = open.page
  }, 180_000)

  afterAll(async () => {
    await browser?.close()
    await main?.[Symbol.asyncDispose]()
    await server?.[Symbol.asyncDispose]()
  })

  // what was on the screen tells more than a time-out does
  beforeEach(({ onTestFailed }) => {
    onTestFailed(async ({ task }) => {
      const picture = join(tmpdir(), `console-${task.id}.png`)
      await page.screenshot({ path: picture })
      console.info(`When "${task.name}" failed, the console looked like ${picture}`)
    })
  })

  const heading = (name: string | RegExp) => page.getByRole('heading', { name, level: 1 })
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }

  /** Searches a list, and waits until as many rows are counted as must be found. */
  const search = async (text: string, found: number) => {
    await page.getByRole('searchbox').fill(text)
    await page.getByRole('status').getByText(String(found), { exact: true }).waitFor()
  }

  test('an address where no server answers is told beside the field, and what was typed stays', async () => {
    await page.getByLabel('Address').fill('http://127.0.0.1:9')
    await page.getByLabel('Name').fill('My server')
    await page.getByRole('button', { name: 'Connect' }).click()
    await page.getByText('console.server_unreachable').waitFor()
    await page.getByLabel('Address').fill('http://example.com')
    await page.getByRole('button', { name: 'Connect' }).click()
    await page.getByText('Use https; http is for servers on this machine only.').waitFor()
    expect(await page.getByLabel('Name').inputValue()).toBe('My server')
    expect(await auditPage(page)).toEqual([])
  })

  test('a server is recognised by its answer, and connected with a name, an environment and a colour', async () => {
    await page.getByLabel('Address').fill(server.url)
    await page.getByText('Tollkeeper 0.1.0 answers there.').waitFor()
    await page.getByRole('radio', { name: 'Violet' }).check()
    await page.getByRole('button', { name: 'Connect' }).click()
    await heading('Sign in to My server').waitFor()
    expect(await page.locator('[data-connection]').getAttribute('class')).toContain('border-connection-violet')
    expect(await auditPage(page)).toEqual([])
  })

  test('somebody who is not an operator is told so, and nothing is shown', async () => {
    await page.getByRole('button', { name: 'Sign in with your browser' }).click()
    await heading('Waiting for approval in your browser').waitFor()
    expect(await auditPage(page)).toEqual([])
    await approveDevice(server, { email: ada.email, password: ada.password }, main.recording.opened.at(-1)!)
    await page.getByText('This account is not an operator of this server.').waitFor({ timeout: 15_000 })
  })

  test('a sign-in can be cancelled', async () => {
    await page.getByRole('button', { name: 'Sign in with your browser' }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await heading('Sign in to My server').waitFor()
  })

  test('an operator approves in the browser the code the console shows, and is in', async () => {
    await page.getByRole('button', { name: 'Sign in with your browser' }).click()
    await heading('Waiting for approval in your browser').waitFor()
    const shown = await page.locator('main code').first().textContent()
    expect(await approveDevice(server, server.operator, main.recording.opened.at(-1)!)).toBe(shown)
    await heading('Overview').waitFor({ timeout: 15_000 })
    await page.getByText('ada.lovelace@example.com').waitFor()
    await page.getByRole('region', { name: 'Counts' }).getByText('3', { exact: true }).first().waitFor()
  })

  test('a person is suspended with a reason, which ends their sessions, and restored', async () => {
    await press('g', 'u')
    await heading('Users').waitFor()
    await page.getByText('grace.hopper@example.com').waitFor()
    await page.getByText('grace.hopper@example.com').click()
    await heading('Grace Hopper').waitFor()
    await page.getByRole('button', { name: 'Suspend', exact: true }).click()
    await page.getByLabel('Reason').fill('Asked us to, for a while')
    expect(await auditPage(page)).toEqual([])
    await page.getByRole('button', { name: 'Suspend Grace Hopper' }).click()
    await page.getByText('Asked us to, for a while').first().waitFor()
    await page.getByText('This person is not signed in anywhere.').waitFor()
    await page.getByRole('button', { name: 'Restore', exact: true }).click()
    await page.getByLabel('Reason').fill('They are back')
    await page.getByRole('button', { name: 'Restore Grace Hopper' }).click()
    await page.getByRole('button', { name: 'Suspend', exact: true }).waitFor()
    await press('Escape')
    await heading('Users').waitFor()
    await press('g', 'o')
  })

  const openPerson = async (email: string, name: string) => {
    await press('g', 'u')
    await heading('Users').waitFor()
    await search(email, 1)
    await page.getByText(email).click()
    await heading(name).waitFor()
  }

  test('an operator acts as a person in the browser; neither token nor link ever reaches the window', async () => {
    await openPerson('ada.lovelace@example.com', 'Ada Lovelace')
    await page.getByRole('button', { name: 'Act as', exact: true }).click()
    await page.getByRole('button', { name: 'Act as Ada Lovelace' }).click()
    await page.getByText('Say why, in a few words.').waitFor()
    await page.getByLabel('Reason').fill('Ticket 4711: the usage page stays empty')
    expect(await auditPage(page)).toEqual([])
    await page.getByRole('button', { name: 'Act as Ada Lovelace' }).click()
    await page.getByText('The account of Ada Lovelace is open in your browser').first().waitFor()
    const link = new URL(main.recording.opened.at(-1)!)
    expect(link.origin + link.pathname).toBe(`http://localhost:${new URL(server.url).port}/impersonate`)
    const token = link.searchParams.get('token')!
    expect(token.length).toBeGreaterThan(30)
    expect(open.answers.filter((answer) => answer.includes(token) || answer.includes('accessToken'))).toEqual([])

    const refused = await page.evaluate(async () => {
      const state = await window.tollkeeper.call['console.state']()
      const connectionId = state.ok ? state.value.connections[0]!.id : ''
      const input = { id: 'usr_0', reason: 'to get the token' }
      return window.tollkeeper.call['server.call']({ connectionId, path: 'operator.impersonate', type: 'mutation', input })
    })
    expect(refused).toMatchObject({ ok: false, failure: { code: 'console.procedure_refused' } })
  })

  test('a person is given an operator role, which is listed with what it may do, and it is taken again', async () => {
    await openPerson('grace.hopper@example.com', 'Grace Hopper')
    const setRole = async (label: string) => {
      await page.getByRole('button', { name: 'Operator role' }).click()
      await page.getByRole('combobox', { name: 'Role' }).click()
      await page.getByRole('option', { name: label }).click()
      await page.getByRole('button', { name: 'Set role' }).click()
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
    }
    await setRole('Support')
    await press('g', 'p')
    await heading('Operators').waitFor()
    const support = page.getByRole('region', { name: 'Support', exact: true })
    await support.getByText('grace.hopper@example.com').waitFor()
    await support.getByText('permissions').click()
    await support.getByText('Act as a person for fifteen minutes').waitFor()
    expect(await auditPage(page)).toEqual([])
    await openPerson('grace.hopper@example.com', 'Grace Hopper')
    await setRole('No operator')
    await page.getByRole('button', { name: 'Act as', exact: true }).waitFor()
  })

  test('an act whose proof has grown old asks who is there, by a mailed code where there is no password, and is made again', async () => {
    const refusal = { title: 'Too old.', next: 'Prove it.', requestId: null }
    const status = async () => page.getByRole('button', { name: /^(Suspend|Restore)$/ }).textContent()
    for (const [act, way] of [
      ['Suspend', 'password'],
      ['Restore', 'mail'],
    ] as const) {
      await openPerson('grace.hopper@example.com', 'Grace Hopper')
      expect(await status()).toBe(act)
      open.once.set('operator.setUserStatus', { ok: false, failure: { code: 'auth.step_up_needed', ...refusal } })
      await page.getByRole('button', { name: act, exact: true }).click()
      await page.getByLabel('Reason').fill('To see that the act is made again')
      if (way === 'mail') {
        const freshUntil = new Date().toISOString()
        open.once.set('auth.stepUp.options', { ok: true, value: { result: { methods: ['passkey', 'mail_code'], freshUntil } } })
        open.once.set('auth.stepUp.mailCode', { ok: true, value: { result: { status: 'check_your_mail', expiresAt: freshUntil } } })
        open.once.set('auth.stepUp.prove', { ok: true, value: { result: { freshUntil } } })
      }
      await page.getByRole('button', { name: `${act} Grace Hopper` }).click()
      await page.getByRole('heading', { name: 'Is it you?' }).waitFor()
      if (way === 'mail') {
        await page.getByRole('button', { name: 'Mail me a code' }).click()
        await page.getByLabel('Code from the mail').fill('123456')
      } else {
        await page.getByLabel('Password', { exact: true }).fill('not the password of anybody')
        await page.getByRole('button', { name: 'Continue' }).click()
        await page.getByText('The password is not the one of this account.', { exact: false }).waitFor()
        expect(await page.getByText('secret:').count(), 'the name of the field in the request').toBe(0)
        await page.getByLabel('Password', { exact: true }).fill(server.operator.password)
      }
      expect(await auditPage(page)).toEqual([])
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.getByRole('button', { name: act === 'Suspend' ? 'Restore' : 'Suspend', exact: true }).waitFor()
      await press('Escape')
    }
  })

  test('an import tells what would become of each row before anybody is brought in', async () => {
    await press('g', 'u')
    await heading('Users').waitFor()
    await page.getByRole('button', { name: 'Import' }).click()
    const hash = '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy'
    const rows = [
      `brought.in@example.com,Brought In,true,${hash}`,
      `ada.lovelace@example.com,Ada,true,${hash}`,
      'nobody,No,true,md5',
    ]
    await page.getByRole('textbox', { name: 'People' }).fill(['email,name,verified,hash', ...rows].join('\n'))
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByText('1 person would be brought in').waitFor()
    await page.getByText('Here already: 1. At fault: 1.').waitFor()
    await page.getByText('The email is not an address.').waitFor()
    expect(await auditPage(page)).toEqual([])
    await page.getByRole('button', { name: 'Import 1 person' }).click()
    await page.getByText('1 person brought in').waitFor()
    await page.getByRole('button', { name: 'Done' }).click()
    await search('brought.in@', 1)
    await search('', 4)
    await press('Escape', 'Escape')
  })

  test('users are found by part of an email, opened and left by keys', async () => {
    await press('g', 'u')
    await heading('Users').waitFor()
    await page.getByText('grace.hopper@example.com').waitFor()
    await press('/')
    await page.keyboard.type('LOVELACE@')
    await page.getByText('grace.hopper@example.com').waitFor({ state: 'detached' })
    await press('Enter')
    await press('Enter')
    await heading('Ada Lovelace').waitFor()
    await page.getByText("Ada Lovelace's space", { exact: true }).waitFor()
    await press('Escape')
    await heading('Users').waitFor()
    expect(await page.getByLabel('Search users').inputValue()).toBe('LOVELACE@')
    await press('/')
    await page.keyboard.type('nobody at all')
    await page.getByText('Nobody matches "nobody at all".').waitFor()
    await press('Escape', 'Escape')
    await page.getByText('grace.hopper@example.com').waitFor()
    await press('j', 'j', 'k', 'j')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Open Grace Hopper')
  })

  test('a list longer than a page shows its true total and grows by pages', async () => {
    for (let index = 0; index < 50; index += 1) await newPerson(server.url, `Person ${index}`, `person.${index}@example.com`)
    await press('g', 'o')
    await heading('Overview').waitFor()
    await press('g', 'u')
    await page.getByRole('status').getByText('54', { exact: true }).waitFor()
    await page.getByText('50 of 54').waitFor()
    await page.getByRole('button', { name: 'Show more' }).click()
    await page.getByText('operator@example.com', { exact: true }).waitFor()
    expect(await page.locator('tbody tr').count()).toBe(54)
  })

  test("a tenant's usage moves by itself after a decision, and a refusal stands in the log with its code", async () => {
    await press('g', 't')
    await heading('Tenants').waitFor()
    await search('lovelace', 1)
    await press('Enter', 'Enter')
    await heading("Ada Lovelace's space").waitFor()
    const usage = page.getByRole('region', { name: 'Usage' })
    const decisions = page.getByRole('region', { name: 'Recent decisions' }).first()
    await usage.getByText('0 of 1,000').waitFor()
    const api = callServer(server.url, ada.key)
    const granted = await api.quota.authorize.mutate({ feature: 'characters', amount: 400 })
    expect(granted.allowed).toBe(true)
    await usage.getByText('400 of 1,000').waitFor({ timeout: 5_000 })
    const refused = await api.quota.authorize.mutate({ feature: 'characters', amount: 700 })
    expect(refused.allowed).toBe(false)
    await decisions.getByText('quota.limit_reached').waitFor({ timeout: 5_000 })
    await decisions.getByTitle(refused.decisionId).waitFor()
    await usage.getByText('400 of 1,000').waitFor()
  })

  test('a server that goes away leaves the last picture with its age, and the screen is live again when it is back', async () => {
    await server.stop()
    await page.getByText('The server does not answer.').first().waitFor({ timeout: 10_000 })
    await page.getByText('Not live since').waitFor()
    await page.getByText('400 of 1,000').waitFor()
    await server.restart()
    await page.getByText('Not live since').waitFor({ state: 'detached', timeout: 20_000 })
    await callServer(server.url, ada.key).quota.authorize.mutate({ feature: 'characters', amount: 100 })
    await page.getByText('500 of 1,000').waitFor({ timeout: 5_000 })
  })

  test('a mail is readable, and its link goes to the system browser', async () => {
    await press('g', 'm')
    await heading('Development mailbox').waitFor()
    await page.getByText('ada.lovelace@example.com').nth(1).waitFor()
    await page.getByRole('button', { name: 'Read Verify your address' }).last().press('Enter')
    await page.getByRole('button', { name: /verify-email\?token=/ }).click()
    await expect.poll(() => main.recording.opened.at(-1)).toContain('/verify-email?token=')
    await page.getByRole('tab', { name: 'HTML' }).click()
    await page.frameLocator('iframe').getByRole('link').first().waitFor()
  })

  test('the palette finds people and tenants, and runs commands', async () => {
    await press('Control+k')
    await page.keyboard.type('ada love')
    await page
      .getByRole('option', { name: /ada\.lovelace@example\.com/ })
      .first()
      .waitFor()
    await press('Enter')
    await heading('Ada Lovelace').waitFor()
    await press('Control+k')
    await page.keyboard.type('dark')
    await press('Enter')
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
    expect(main.recording.themeSource).toBe('dark')
    await press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await press('Escape')
  })

  test('a hostile name is text everywhere: list, detail, mail as text and as designed', async () => {
    await newPerson(server.url, HOSTILE, 'mallory@example.com')
    await press('g', 'u')
    await search('mallory', 1)
    await page.getByText(HOSTILE).first().waitFor()
    await page.getByText('mallory@example.com').click()
    await heading(HOSTILE).waitFor()
    await press('g', 'm')
    await page.getByText('mallory@example.com').first().click()
    await page.getByRole('tab', { name: 'HTML' }).click()
    await page.frameLocator('iframe').getByRole('link').first().waitFor()
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
    const [, inner] = page.frames()
    expect(await inner!.evaluate(() => 'pwned' in window)).toBe(false)
    expect(
      await inner!.evaluate(() =>
        (window as unknown as { __invoke: (channel: string, args: unknown[]) => Promise<unknown> }).__invoke('console.state', []),
      ),
    ).toMatchObject({
      ok: false,
      failure: { code: 'console.sender_refused' },
    })
  })

  test.each([
    ['light', 900],
    ['dark', 900],
    ['dark', 1280],
  ] as const)('every screen is accessible and fits its window, %s and %d wide', async (theme, width) => {
    await press('Control+k')
    await page.keyboard.type(`${theme} theme`)
    await press('Enter')
    await page.setViewportSize({ width, height: 640 })
    for (const [keys, name] of [
      ['o', 'Overview'],
      ['u', 'Users'],
      ['t', 'Tenants'],
      ['m', 'Development mailbox'],
    ] as const) {
      await press('g', keys)
      await heading(name).waitFor()
      await page.locator('tbody [data-row-opener]').first().waitFor({ state: 'attached' })
      expect(await auditPage(page), name).toEqual([])
    }
    await press('g', 't')
    await search('lovelace', 1)
    await press('Enter', 'Enter')
    await page.getByText('500 of 1,000').waitFor()
    expect(await auditPage(page), 'tenant').toEqual([])
    await press('Control+k')
    expect(await auditPage(page), 'palette').toEqual([])
    await press('Escape')
    await page.setViewportSize({ width: 1280, height: 800 })
  })

  test('a second connection has a place of its own, and switching back returns to where one was', async () => {
    await using other = await startScriptedServer()
    await press('g', 'u')
    await search('hopper', 1)
    await page.getByRole('button', { name: /Switch connection/ }).click()
    await page.getByRole('menuitem', { name: 'Connect to a server' }).click()
    await page.getByLabel('Address').fill(server.url)
    await page.getByRole('button', { name: 'Connect' }).click()
    await page.getByText('There is a connection to this server already.').waitFor()
    await page.getByLabel('Address').fill(other.url)
    await page.getByLabel('Name').fill('Other')
    await page.getByRole('button', { name: 'Connect' }).click()
    await heading('Sign in to Other').waitFor()
    await press('Control+1')
    await page.getByText('grace.hopper@example.com').waitFor()
    expect(await page.getByLabel('Search users').inputValue()).toBe('hopper')
    await press('Control+2')
    await heading('Sign in to Other').waitFor()
    await press('Control+k')
    await page.keyboard.type('settings')
    await press('Enter')
    await page.getByRole('button', { name: 'Remove connection' }).click()
    await heading('Users').waitFor()
  })

  test('no token was ever in the page, and the page never had a fault', async () => {
    const kept = await page.evaluate(() =>
      JSON.stringify({ ...localStorage, ...sessionStorage, html: document.documentElement.outerHTML }),
    )
    for (const text of [kept, ...open.answers]) expect(text).not.toMatch(/eyJ[\w-]+\.[\w-]+\.|tkr_/)
    expect(open.answers.length).toBeGreaterThan(50)
    expect(open.faults).toEqual([])
  })

  test('signing out empties the screen and the file', async () => {
    await page.getByRole('button', { name: /Account and theme/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await heading('Sign in to My server').waitFor()
    expect(await page.getByText('@example.com').count()).toBe(0)
    expect(await readFile(join(main.userData, 'connections.json'), 'utf8')).not.toContain('sealedSignIn')
  })
}
