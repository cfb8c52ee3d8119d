import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { chromiumPath, sayWithoutChromium } from './chromium.ts'
import { empty } from './fake/empty.ts'
import { fakeClient } from './fake/fake-client.ts'
import type { FakeServer } from './fake/fake-server.ts'
import { full } from './fake/full.ts'
import { refuse } from './fake/refusal.ts'

if (chromiumPath) describe('the own account', ownAccount)
else {
  sayWithoutChromium('The tests of the own account')
  test('a person who was just made has no password', async () => {
    expect(await empty['auth.account.read']?.({} as never)).toMatchObject({ hasPassword: false })
  })
}

function ownAccount() {
  const client = fakeClient()
  let server: FakeServer
  let page: Page
  beforeEach(() => {
    server = client.server
    page = client.page
  })
  const open = (path: string) => page.goto(`${server.url}${path}`)
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const heading = (name: string) => page.getByRole('heading', { name, exact: true })
  const shownTheme = () => page.evaluate(() => document.documentElement.dataset.theme)

  async function savedThemeIs(theme: 'light' | 'dark' | 'system') {
    const saved: unknown[] = []
    let preferences = { ...(await full['auth.account.preferences']!({} as never)), theme }
    server.answer({
      ...full,
      'auth.account.preferences': () => preferences,
      'auth.account.changePreferences': (input: { theme?: typeof theme }) => {
        saved.push(input)
        preferences = { ...preferences, ...input }
        return preferences
      },
    })
    return saved
  }

  test('on a new device the saved theme is in place before the first screen is painted', async () => {
    await savedThemeIs('dark')
    await page.addInitScript(() => {
      new MutationObserver((_changes, observer) => {
        if (!document.getElementById('content')) return
        observer.disconnect()
        Object.assign(window, { themeOfFirstScreen: document.documentElement.dataset.theme ?? 'none' })
      }).observe(document, { childList: true, subtree: true })
    })
    await open('/sign-in')
    expect(await shownTheme()).toBeUndefined()
    await page.getByLabel('Email').fill('ada@example.com')
    await page.getByLabel('Password', { exact: true }).fill('tidal copper lantern')
    await button('Sign in').click()
    await heading('Overview').waitFor()
    expect(await page.evaluate(() => Reflect.get(window, 'themeOfFirstScreen'))).toBe('dark')
    await page.route('**/assets/index-*.js', (route) => route.abort())
    await page.reload()
    expect(await shownTheme()).toBe('dark')
  })

  test('a theme that is chosen is saved to the account, and of two choices the later holds', async () => {
    const saved = await savedThemeIs('dark')
    await open('/')
    await heading('Overview').waitFor()
    await page.getByRole('button', { name: /Account of/ }).click()
    await page.getByRole('menuitem', { name: 'Light theme' }).click()
    await expect.poll(() => saved).toEqual([{ theme: 'light' }])
    expect(await shownTheme()).toBe('light')
    await page.reload()
    await heading('Overview').waitFor()
    expect(await shownTheme()).toBe('light')
    // on another device, meanwhile
    await savedThemeIs('system')
    await page.reload()
    await expect.poll(shownTheme).toBeUndefined()
    // in front of the gate, where nothing can be saved
    await page.evaluate(() => localStorage.setItem('tollkeeper.theme', 'dark'))
    await page.reload()
    await heading('Overview').waitFor()
    expect(await shownTheme()).toBe('dark')
  })

  test('a theme that could not be saved holds here, and that is said', async () => {
    server.answer({ ...full, 'auth.account.changePreferences': refuse('service.internal') })
    await open('/account')
    await page.getByLabel('Theme', { exact: true }).click()
    await page.getByRole('option', { name: 'Dark' }).click()
    await page.getByText('The theme holds on this device only').first().waitFor()
    expect(await shownTheme()).toBe('dark')
  })

  test('who has no password sets a first one, with the faults at its field, and can change it from then on', async () => {
    const sent: unknown[] = []
    let hasPassword = false
    const account = await full['auth.account.read']!({} as never)
    const answers = {
      ...full,
      'auth.account.read': () => ({ ...account, hasPassword }),
      'auth.account.setPassword': (input: never) => {
        sent.push(input)
        hasPassword = true
        return { done: true as const }
      },
    }
    server.answer({
      ...answers,
      'auth.account.setPassword': refuse('auth.password_refused', undefined, {
        faults: [{ path: 'newPassword', message: 'is on a list of passwords that were found in breaches' }],
      }),
    })
    await open('/account/security')
    await heading('Set a password').waitFor()
    expect(await button('Change password').count()).toBe(0)
    await button('Set password').click()
    await page.getByText('Enter the password you want.').waitFor()
    await page.locator('input[name=newPassword]').fill('correct horse battery staple')
    await button('Set password').click()
    await page.getByText('Is on a list of passwords that were found in breaches.').waitFor()
    expect(await page.locator('input[name=newPassword]').inputValue()).toBe('correct horse battery staple')
    server.answer(answers)
    await page.locator('input[name=newPassword]').fill('tidal copper lantern')
    await button('Set password').click()
    await button('Change password').waitFor()
    expect(sent).toEqual([{ newPassword: 'tidal copper lantern' }])
  })

  test('what is held about a person is saved when all of it has come; how much has come is shown, and it can be stopped', async () => {
    let response: ServerResponse | undefined
    server.send('/users/me/export', (begun) => {
      response = begun
      begun.writeHead(200, { 'content-type': 'application/json', 'content-disposition': 'attachment; filename="your-data.json"' })
      begun.write(`{"data":"${'x'.repeat(1_500_000)}`)
    })
    await open('/account')
    await button('Download my data').click()
    await page.getByText('1.5 MB so far.').waitFor()
    await button('Stop').click()
    await page.getByText('1.5 MB so far.').waitFor({ state: 'detached' })
    expect(await page.getByRole('alert').count()).toBe(0)

    await button('Download my data').click()
    await page.getByText('1.5 MB so far.').waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), response!.end('"}')])
    expect(download.suggestedFilename()).toBe('your-data.json')
    expect(JSON.parse(await readFile(await download.path(), 'utf8')).data).toHaveLength(1_500_000)
    await page.getByText('It is in the file your-data.json.').first().waitFor()
  })

  test('an export that breaks off in the middle is no file, and can be asked for again', async () => {
    let saved = 0
    page.on('download', () => saved++)
    server.send('/users/me/export', (begun) => {
      begun.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
      begun.write('{"data":', () => begun.destroy())
    })
    await open('/account')
    await button('Download my data').click()
    await page.getByText('The connection broke before the file was whole.').waitFor()
    await button('Try again').waitFor()
    expect(saved).toBe(0)
  })

  test('where the server asks who it is, that is asked, and the file comes then', async () => {
    let proved = false
    server.answer({
      ...full,
      'auth.stepUp.options': () => ({ methods: ['password'], freshUntil: new Date().toISOString() }),
      'auth.stepUp.prove': () => {
        proved = true
        return { freshUntil: new Date().toISOString() }
      },
    })
    server.send('/users/me/export', (begun) => {
      if (!proved) {
        begun.writeHead(403, { 'content-type': 'application/problem+json' })
        begun.end(
          JSON.stringify({ code: 'auth.step_up_needed', title: 'This asks for proof.', next: 'Prove it.', requestId: 'req_1' }),
        )
        return
      }
      begun.writeHead(200, { 'content-type': 'application/json', 'content-disposition': 'attachment; filename="your-data.json"' })
      begun.end('{}')
    })
    await open('/account')
    await button('Download my data').click()
    await heading('Is it you?').waitFor()
    await page.getByRole('dialog').getByLabel('Password', { exact: true }).fill('tidal copper lantern')
    const [download] = await Promise.all([page.waitForEvent('download'), button('Continue').click()])
    expect(download.suggestedFilename()).toBe('your-data.json')
  })
}
