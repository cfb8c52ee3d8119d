import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { expectSound } from './audit-page.ts'
import { chromiumPath, sayWithoutChromium } from './chromium.ts'
import type { FakeAnswers } from './fake/answers.ts'
import { fakeClient } from './fake/fake-client.ts'
import type { FakeServer } from './fake/fake-server.ts'
import { full } from './fake/full.ts'
import { refuse } from './fake/refusal.ts'

/** What a person's second step is before they have one. */
const none = {
  enabled: false,
  methods: [],
  totpSince: null,
  passkeysSince: null,
  passkeys: 0,
  backupCodesLeft: 0,
  requiredBy: ['Ada Lovelace'],
}

if (chromiumPath) describe('a tenant that asks for sign-ins in two steps', secondFactorOfTenant)
else {
  sayWithoutChromium('The tests of a tenant that asks for two steps')
  test('the refusal that leads to setting up a second step is one of the error table', () => {
    expect(refuse('tenant.second_factor_needed')).toThrow('two factors')
  })
}

function secondFactorOfTenant() {
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
  const dialog = () => page.getByRole('dialog')

  /** The tenant answers nothing for as long as `asks` says so. */
  function whileItAsks(asks: () => boolean): FakeAnswers {
    const refused = refuse('tenant.second_factor_needed')
    const guarded = Object.entries(full).map(([path, answer]) => {
      const ofTenant = /^(quota|apiKey|billing|catalog|audit|tenant\.(member|invitation|security))\./.test(path)
      return [
        path,
        ofTenant ? (...input: never[]) => (asks() ? refused() : (answer as (...all: never[]) => unknown)(...input)) : answer,
      ]
    })
    return Object.fromEntries(guarded) as FakeAnswers
  }

  test('leads who has none from its refusal to setting one up, and back to the page they wanted', async () => {
    let isSetUp = false
    server.answer({
      ...whileItAsks(() => !isSetUp),
      'auth.secondFactor.read': () => (isSetUp ? full['auth.secondFactor.read']!({} as never) : none),
      'auth.secondFactor.confirmTotp': () => {
        isSetUp = true
        return full['auth.secondFactor.confirmTotp']!({} as never)
      },
    })
    await open('/usage?days=7')
    await heading('Ada Lovelace asks for two-step sign-in').waitFor()
    await expectSound(page)
    await page.getByRole('link', { name: 'Set up two-step sign-in' }).click()
    await heading('Set up your second step').waitFor()
    await button('Set up an authenticator app').click()
    await dialog().getByLabel('The code it shows now').fill('123456')
    await button('Turn on').click()
    await button('I have stored them').click()
    await page.waitForURL('**/usage?days=7')
    await heading('Usage').waitFor()
  })

  test('leaves the account open, and asks who has a second step to sign in again', async () => {
    server.answer(whileItAsks(() => true))
    await open('/keys')
    await heading('Ada Lovelace asks for two-step sign-in').waitFor()
    expect(await page.getByRole('link', { name: 'Sign in again' }).getAttribute('href')).toBe('/sign-in?next=%2Fkeys')
    await page.getByRole('button', { name: /Account of/ }).click()
    await page.getByRole('menuitem', { name: 'Your account' }).click()
    await page.getByRole('link', { name: 'Sign-in and security' }).click()
    await heading('Two-step sign-in').waitFor()
  })

  test('tells a refused act what to do, with a way to it', async () => {
    server.answer({ ...full, 'apiKey.issue': refuse('tenant.second_factor_needed') })
    await open('/keys?issue=yes')
    await page.getByLabel('Name').fill('staging')
    await dialog().getByRole('button', { name: 'Issue key' }).click()
    const way = dialog().getByRole('link', { name: 'Set up two-step sign-in' })
    expect(await way.getAttribute('href')).toBe(`/account/second-step?next=${encodeURIComponent('/keys?issue=yes')}`)
  })

  test('shows who would be held up before it is required, proves who asks, and shows who is held up then', async () => {
    let secondFactorRequired = false
    let proved = false
    const sent: unknown[] = []
    server.answer({
      ...full,
      'tenant.security.read': () => ({ secondFactorRequired }),
      'tenant.security.set': (input: { secondFactorRequired: boolean }) => {
        if (!proved) return refuse('auth.step_up_needed')()
        sent.push(input)
        secondFactorRequired = input.secondFactorRequired
        return { secondFactorRequired }
      },
      'auth.stepUp.options': () => ({ methods: ['password'], freshUntil: new Date().toISOString() }),
      'auth.stepUp.prove': () => {
        proved = true
        return { freshUntil: new Date().toISOString() }
      },
    })
    await open('/security')
    await page.getByText('They would be held up if you required it.', { exact: false }).waitFor()
    await page.getByRole('cell', { name: 'grace@example.com', exact: true }).waitFor()
    await button('Require two-step sign-in').click()
    await page.getByText('2 members have no second step yet.', { exact: false }).waitFor()
    await expectSound(page)
    await button('Require it').click()
    await heading('Is it you?').waitFor()
    expect(sent).toEqual([])
    await page.getByLabel('Password', { exact: true }).fill('tidal copper lantern')
    await button('Continue').click()
    await page.getByText('They can do nothing here until they set it up.', { exact: false }).waitFor()
    expect(sent).toEqual([{ id: expect.stringMatching(/^ten_/), secondFactorRequired: true }])
    await button('No longer require it').click()
    await dialog().getByRole('button', { name: 'No longer require it' }).click()
    await button('Require two-step sign-in').waitFor()
    expect(sent).toHaveLength(2)
  })

  test('is not asked to be one by who has no second step: they set theirs up first, and come back', async () => {
    server.answer({ ...full, 'auth.secondFactor.read': () => none })
    await open('/security')
    await page.getByText('You cannot ask of others what you have not', { exact: false }).waitFor()
    expect(await button('Require two-step sign-in').count()).toBe(0)
    await page.getByRole('link', { name: 'Set up two-step sign-in' }).click()
    await page.waitForURL('**/account/second-step?next=%2Fsecurity')
    await button('Go back').click()
    await heading('Security').waitFor()
  })
}
