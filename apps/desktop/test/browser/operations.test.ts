import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { approveDevice } from '../server/approve-device.ts'
import { setUpAuthenticator } from '../server/authenticator.ts'
import { callServer } from '../server/call-server.ts'
import { type Customer, newCustomer } from '../server/customer.ts'
import { type MailServer, startMailServer } from '../server/mail-server.ts'
import { type RealServer, startServer } from '../server/start-server.ts'
import { type RunningMain, runMain } from '../stand-in/run-main.ts'
import { auditPage } from './audit-page.ts'
import { findChromium } from './find-chromium.ts'
import { launchChromium, type OpenConsole, openConsole } from './open-console.ts'
import { signInAt } from './sign-in.ts'

const chromium = findChromium()
if (chromium !== null)
  describe('what operators do to quota, catalog and mail, against a real server', { timeout: 60_000 }, () => operate(chromium))

function operate(executable: string): void {
  let mails: MailServer
  let server: RealServer
  let ada: Customer
  let browser: Browser
  let main: RunningMain
  let open: OpenConsole
  let page: Page

  beforeAll(async () => {
    mails = await startMailServer()
    ;[server, browser, main] = await Promise.all([startServer({ SMTP_URL: mails.url }), launchChromium(executable), runMain()])
    ada = await newCustomer(server.url, 'Ada Lovelace', mails.mailTo)
    open = await openConsole(browser, main)
    page = open.page
    await signInAt(page, server, main)
  }, 180_000)

  afterAll(async () => {
    await browser?.close()
    await main?.[Symbol.asyncDispose]()
    await server?.[Symbol.asyncDispose]()
    await mails?.[Symbol.asyncDispose]()
  })

  beforeEach(({ onTestFailed }) => {
    onTestFailed(async ({ task }) => {
      const picture = join(tmpdir(), `console-${task.id}.png`)
      await page.screenshot({ path: picture })
      console.info(`When "${task.name}" failed, the console looked like ${picture}`)
    })
  })

  const heading = (name: string) => page.getByRole('heading', { name, level: 1 })
  const region = (name: string) => page.getByRole('region', { name, exact: true })
  const dialog = () => page.getByRole('dialog')
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const choose = async (within: Locator, label: string, option: string) => {
    await within.getByRole('combobox', { name: label }).click()
    await page.getByRole('option', { name: option }).click()
  }
  const closed = () => dialog().waitFor({ state: 'hidden' })
  const decide = (amount: number) => callServer(server.url, ada.key).quota.authorize.mutate({ feature: 'characters', amount })

  const openTenant = async () => {
    await press('g', 't')
    await heading('Tenants').waitFor()
    await page.getByText("Ada Lovelace's space", { exact: true }).click()
    await heading("Ada Lovelace's space").waitFor()
  }

  test('units are given with a reason and an end: what was used, what is left and until when stand in the list, and decisions count them', async () => {
    await openTenant()
    const grants = region('Grants')
    await grants.getByText('Nothing was given beside the plan.', { exact: false }).waitFor()
    await grants.getByRole('button', { name: 'Give units' }).click()
    await dialog().getByText('Left now: 1,000 of 1,000.').waitFor()
    await dialog().getByRole('button', { name: 'Give units' }).click()
    await dialog().getByText('Enter a whole number, such as 1,000.').waitFor()
    await dialog().getByText('Say why, in a few words.').waitFor()
    await dialog().getByLabel('Units').fill('500')
    await dialog().getByText('Left now: 1,000 of 1,000. With it: 1,500 of 1,500.').waitFor()
    await dialog().getByLabel('Priority').fill('-5')
    await dialog().getByLabel('Reason').fill('Promised at the fair')
    await dialog().getByLabel('Expires').fill('2020-01-01T12:00')
    await dialog().getByRole('button', { name: 'Give units' }).click()
    await dialog().getByText('Must be after it takes effect.').waitFor()
    expect(await auditPage(page)).toEqual([])
    await dialog()
      .getByLabel('Expires')
      .fill(`${new Date().getFullYear() + 2}-01-01T12:00`)
    await choose(dialog(), 'Source', 'Promotion')
    await dialog().getByRole('button', { name: 'Give units' }).click()
    await closed()
    await grants.getByText('Promised at the fair').waitFor()
    expect((await decide(1_200)).allowed).toBe(true)
    const row = grants.getByRole('row', { name: /Promised at the fair/ })
    await row.getByText('Used up').waitFor({ timeout: 10_000 })
    await row.getByText('Promotion').waitFor()
    await row.getByText('−5', { exact: true }).waitFor()
    expect(await row.locator('time').last().getAttribute('datetime')).toContain(`${new Date().getFullYear() + 2}-01-01`)
    await region('Usage').getByText('300 left').waitFor()
    expect(await row.getByRole('button').count()).toBe(0)
  })

  test('units whose answer was lost are given once, however often they are sent again', async () => {
    const grants = region('Grants')
    await grants.getByRole('button', { name: 'Give units' }).click()
    await choose(dialog(), 'Feature', 'API calls')
    await dialog().getByLabel('Units').fill('7')
    await dialog().getByLabel('Reason').fill('Sent over a bad line')
    open.once.set('quota.grant.grant', async (ask: () => Promise<unknown>) => {
      await ask()
      const failure = {
        code: 'console.server_timeout',
        title: 'The server takes too long to answer.',
        next: 'Try again.',
        requestId: null,
      }
      return { ok: false, failure }
    })
    await dialog().getByRole('button', { name: 'Give units' }).click()
    await dialog().getByText('The server takes too long to answer.').waitFor()
    await dialog().getByRole('button', { name: 'Give units' }).click()
    await closed()
    await grants.getByText('Sent over a bad line').waitFor()
    await region('Usage').getByText('0 of 10,007').waitFor()
    expect(await grants.getByText('Sent over a bad line').count()).toBe(1)
  })

  test('what is left of a grant is taken back with a reason, and is refused from then on', async () => {
    const grants = region('Grants')
    await grants.getByRole('button', { name: 'Give units' }).click()
    await dialog().getByLabel('Units').fill('2,000')
    await dialog().getByLabel('Reason').fill('Given by mistake')
    await dialog().getByRole('button', { name: 'Give units' }).click()
    await closed()
    await grants.getByRole('button', { name: 'Take back what is left of Characters' }).click()
    await dialog().getByText('2,000 of 2,000 are left and cannot be used any more.', { exact: false }).waitFor()
    await dialog().getByLabel('Reason').fill('It was meant for another tenant')
    await dialog().getByRole('button', { name: 'Take it back' }).click()
    await closed()
    await grants.getByText('Taken back').waitFor()
    expect(await decide(301)).toMatchObject({ allowed: false, code: 'quota.limit_reached' })
    expect(await auditPage(page)).toEqual([])
  })

  test("another limit than the plan's holds at once, up to an end that lies ahead, and is ended by hand", async () => {
    const overrides = region('Overrides')
    await overrides.getByRole('button', { name: 'Override a limit' }).click()
    await dialog().getByLabel('Limit', { exact: true }).fill('100')
    await dialog().getByText('More may be used than this allows').waitFor()
    await dialog().getByLabel('Limit', { exact: true }).fill('9,000')
    await dialog().getByLabel('Reason').fill('A trial of the larger plan')
    await dialog().getByLabel('Ends').fill('2020-01-01T12:00')
    await dialog().getByRole('button', { name: 'Set the limit' }).click()
    await dialog().getByText('Must be in the future.').waitFor()
    expect(await auditPage(page)).toEqual([])
    await dialog()
      .getByLabel('Ends')
      .fill(`${new Date().getFullYear() + 2}-01-01T12:00`)
    await dialog().getByRole('button', { name: 'Set the limit' }).click()
    await closed()
    await overrides.getByText('A trial of the larger plan').waitFor()
    await overrides.getByText('9,000', { exact: true }).waitFor()
    await overrides.getByText('1,000', { exact: true }).waitFor()
    expect((await decide(5_000)).allowed).toBe(true)
    await overrides.getByRole('button', { name: 'Change the limit of Characters' }).click()
    await dialog().getByLabel('No limit').check()
    await dialog().getByRole('button', { name: 'Set the limit' }).click()
    await closed()
    await overrides.getByText('Unlimited', { exact: true }).waitFor()
    await overrides.getByRole('button', { name: 'End the override of Characters' }).click()
    await dialog().getByText("The limit goes from Unlimited back to the plan's, 1,000, at once.", { exact: false }).waitFor()
    await dialog().getByRole('button', { name: 'End the override' }).click()
    await closed()
    await overrides.getByText("Every limit is the plan's.", { exact: false }).waitFor()
    expect((await decide(1)).allowed).toBe(false)
  })

  test('an event that was reported wrongly is corrected; an id that nothing has is told below the field', async () => {
    const { quota } = callServer(server.url, ada.key)
    await quota.track.mutate({ events: [{ id: 'wrong-by-ten', feature: 'api_calls', amount: 400 }] })
    const usage = region('Usage')
    await usage.getByText('400 of 10,007').waitFor()
    await usage.getByRole('button', { name: 'Correct usage' }).click()
    await dialog().getByLabel('Event').fill('no-such-event')
    await dialog().getByLabel('It should have said').fill('40')
    await dialog().getByLabel('Reason').fill('A zero too many')
    await dialog().getByRole('button', { name: 'Correct it' }).click()
    await dialog().getByText('There is no such usage event in this tenant.', { exact: false }).waitFor()
    expect(await auditPage(page)).toEqual([])
    await dialog().getByLabel('Event').fill('wrong-by-ten')
    await dialog().getByRole('button', { name: 'Correct it' }).click()
    await closed()
    await usage.getByText('40 of 10,007').waitFor()
  })

  test('what the tenant caps by itself can be seen', async () => {
    const { accessToken } = await callServer(server.url).auth.login.mutate({ email: ada.email, password: ada.password })
    const { cap } = callServer(server.url, accessToken).quota
    await cap.set.mutate({ feature: 'api_calls', holder: 'each_key', limit: 50 })
    await cap.setSpend.mutate({ feature: 'characters', amountMinor: 1_250 })
    const caps = region('Caps')
    await caps.getByText('Each key').waitFor()
    await caps.getByText('Pays at most ¥12.50 for Characters past the limit, in each window.').waitFor()
    expect(await auditPage(page)).toEqual([])
  })

  test('the catalog tells how each feature is counted, what plans allow, and what each version says', async () => {
    await press('g', 'c')
    await heading('Catalog').waitFor()
    await page.getByRole('status').filter({ hasText: '5 features, 4 plans' }).waitFor()
    const features = region('Features')
    await features.getByText('Lets 500 calls pass in any hour').waitFor()
    await features.getByText('amounts added up').first().waitFor()
    const plans = region('What each plan allows')
    await plans.getByText('50,000 a day').waitFor()
    await plans.getByText('¥29.00').waitFor()
    expect(await auditPage(page)).toEqual([])
    await page.getByRole('button', { name: 'Open version 1 of Starter' }).press('Enter')
    await dialog().getByRole('heading', { name: 'Starter, version 1' }).waitFor()
    await dialog().getByText('10,240 MB').waitFor()
    await press('Escape')
  })

  test('the failure policy of a feature is changed after what it means was told, and apps are told it', async () => {
    const features = region('Features')
    await features.getByRole('button', { name: 'Change what apps do with Characters without the server' }).click()
    await choose(dialog(), 'Policy', 'Open, up to a cap')
    await dialog().getByText('each app may pass a limit by this much', { exact: false }).waitFor()
    await dialog().getByRole('button', { name: 'Change the policy' }).click()
    await dialog().getByText('Enter a whole number, such as 500.').waitFor()
    await dialog().getByLabel('At most').fill('0')
    await dialog().getByRole('button', { name: 'Change the policy' }).click()
    await dialog().getByText('Must be at least 1.').waitFor()
    await dialog().getByLabel('At most').fill('250')
    await dialog().getByLabel('In any').fill('2')
    await dialog().getByText('Lets 250 characters pass in any 2 hours.').waitFor()
    expect(await auditPage(page)).toEqual([])
    await dialog().getByRole('button', { name: 'Change the policy' }).click()
    await closed()
    await features.getByText('Lets 250 characters pass in any 2 hours').waitFor()
    const { features: told } = await callServer(server.url, ada.key).catalog.features.query()
    expect(told.find(({ feature }) => feature === 'characters')!.failurePolicy).toEqual({
      kind: 'open',
      cap: 250,
      perSeconds: 7_200,
    })
    expect(await features.getByRole('button', { name: /Seats/ }).count()).toBe(0)
  })

  test('a feature is decided on from memory after what that trades was told, and one by one again', async () => {
    const features = region('Features')
    await features.getByRole('button', { name: 'Turn on deciding from memory for Characters' }).click()
    await dialog()
      .getByText('What a server that is killed had taken stays charged until the window ends', { exact: false })
      .waitFor()
    expect(await auditPage(page)).toEqual([])
    await dialog().getByRole('button', { name: 'Turn on' }).click()
    await closed()
    const told = async () =>
      (await callServer(server.url, ada.key).catalog.features.query()).features.filter(({ leased }) => leased)
    await features.getByRole('button', { name: 'Turn off deciding from memory for Characters' }).waitFor()
    expect(await told()).toMatchObject([{ feature: 'characters' }])
    expect(await features.getByRole('button', { name: /deciding from memory for Storage/ }).count()).toBe(0)
    await features.getByRole('button', { name: 'Turn off deciding from memory for Characters' }).click()
    await dialog().getByRole('button', { name: 'Turn off' }).click()
    await closed()
    await features.getByRole('button', { name: 'Turn on deciding from memory for Characters' }).waitFor()
    expect(await told()).toEqual([])
  })

  test('a mail that was refused says why, its address takes none until it is allowed again, and the mail can be sent again', async () => {
    mails.refusals.set('nobody@example.com', '550 5.1.1 There is no such mailbox')
    mails.refusals.set('later@example.com', '451 4.3.0 Come back later')
    const register = (email: string) => callServer(server.url).auth.register.mutate({ email, password: ada.password, name: 'New' })
    await register('nobody@example.com')
    await register('later@example.com')
    await press('g', 'x')
    await heading('Outbox').waitFor()
    await page
      .getByRole('row', { name: /later@example.com/ })
      .getByText('Waiting')
      .waitFor()
    await page.getByRole('button', { name: /^Refused/ }).click({ timeout: 20_000 })
    await page.getByText('550 5.1.1 There is no such mailbox', { exact: false }).first().waitFor()
    await page.getByText('later@example.com').first().waitFor({ state: 'detached' })
    expect(await auditPage(page)).toEqual([])

    await page.getByRole('tab', { name: 'Addresses that take no mail' }).click()
    await page.getByText('nobody@example.com', { exact: true }).waitFor()
    expect(await auditPage(page)).toEqual([])
    await page.getByRole('button', { name: 'Allow mail to nobody@example.com' }).click()
    await dialog().getByText('If its server refuses again, the address is back on the list.').waitFor()
    expect(await auditPage(page)).toEqual([])
    await dialog().getByRole('button', { name: 'Allow mail' }).click()
    await page.getByText('Every address takes mail', { exact: false }).waitFor()

    mails.refusals.delete('nobody@example.com')
    await page.getByRole('tab', { name: 'Mails', exact: true }).click()
    await page.getByRole('searchbox').fill('nobody@')
    await page.getByText('later@example.com').first().waitFor({ state: 'detached' })
    await page.getByText('nobody@example.com', { exact: true }).click()
    await dialog().getByText('The mail server refused it for good.', { exact: false }).waitFor()
    await dialog().getByText('No: the safety of the account needs it').waitFor()
    expect(await auditPage(page)).toEqual([])
    await dialog().getByRole('button', { name: 'Send it again' }).click()
    await closed()
    await page
      .getByRole('row', { name: /nobody@example.com/ })
      .getByText('Sent')
      .waitFor({ timeout: 20_000 })
    expect(mails.mailTo('nobody@example.com')).toContain('verify-email?token=')
  })

  test('a lost second step is reset with a reason, which ends every session', async () => {
    await setUpAuthenticator(server.url, ada)
    await press('g', 'u')
    await heading('Users').waitFor()
    await page.getByText(ada.email).click()
    await heading('Ada Lovelace').waitFor()
    await page.getByRole('button', { name: 'Reset second step' }).click()
    await dialog().getByText('every session and token they hold ends within a second', { exact: false }).waitFor()
    await dialog().getByRole('button', { name: 'Reset second step' }).click()
    await dialog().getByText('Say why, in a few words.').waitFor()
    await dialog().getByLabel('Reason').fill('Lost her phone, recognised on the phone of her office')
    expect(await auditPage(page)).toEqual([])
    await dialog().getByRole('button', { name: 'Reset second step' }).click()
    await closed()
    await page.getByText('This person is not signed in anywhere.').waitFor()
    expect(await page.getByRole('button', { name: 'Reset second step' }).count()).toBe(0)
    await callServer(server.url).auth.login.mutate({ email: ada.email, password: ada.password })
  })

  // the narrowest that the window can be made
  test.each([
    ['light', 820],
    ['dark', 1280],
    ['dark', 820],
  ] as const)('every one of these screens is accessible and fits its window, %s and %d wide', async (theme, width) => {
    await press('Control+k')
    await page.keyboard.type(`${theme} theme`)
    await press('Enter')
    await page.setViewportSize({ width, height: 640 })
    for (const [key, name] of [
      ['c', 'Catalog'],
      ['x', 'Outbox'],
    ] as const) {
      await press('g', key)
      await heading(name).waitFor()
      await page.locator('tbody tr td').first().waitFor()
      expect(await auditPage(page), name).toEqual([])
    }
    await openTenant()
    await region('Grants').getByText('Promised at the fair').waitFor()
    expect(await auditPage(page), 'tenant').toEqual([])
  })

  test('an operator who only looks sees all of it and is offered none of it', async () => {
    const who = { email: ada.email, password: ada.password }
    const { user } = await callServer(server.url).auth.login.mutate(who)
    const { accessToken } = await callServer(server.url).auth.login.mutate(server.operator)
    await callServer(server.url, accessToken).operator.setOperatorRole.mutate({ id: user.id, role: 'viewer' })
    const acts = page.locator('main').getByRole('button', { name: /^(Give|Take|Override|Change|End|Correct|Suspend|Turn|Allow)/ })
    await openTenant()
    await region('Grants').getByText('Promised at the fair').waitFor()
    expect(await acts.count(), 'of the owner').toBeGreaterThan(3)
    await page.getByRole('button', { name: /Account and theme/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign in with your browser' }).click()
    await heading('Waiting for approval in your browser').waitFor()
    await approveDevice(server, who, main.recording.opened.at(-1)!)
    await heading('Overview').or(heading("Ada Lovelace's space")).waitFor({ timeout: 15_000 })
    await openTenant()
    await region('Grants').getByText('Promised at the fair').waitFor()
    expect(await acts.count()).toBe(0)
    await press('g', 'c')
    await page.getByText('Lets 250 characters pass in any 2 hours').waitFor()
    expect(await acts.count()).toBe(0)
  })

  test('the pages never had a fault', () => {
    expect(open.faults).toEqual([])
  })
}
