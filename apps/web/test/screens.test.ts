import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectSound, listenForComplaints } from './audit-page.ts'
import { chromiumPath, launchChromium, sayWithoutChromium } from './chromium.ts'
import type { FakeAnswers } from './fake/answers.ts'
import { empty } from './fake/empty.ts'
import { failing, loading } from './fake/failing.ts'
import { type FakeServer, startFakeServer } from './fake/fake-server.ts'
import { full } from './fake/full.ts'
import { built } from './web-root.ts'

const ofTenant = [
  '/',
  '/usage',
  '/keys',
  '/plans',
  '/billing',
  '/billing/confirming',
  '/members',
  '/activity',
  '/security',
  '/account',
  '/account/security',
  '/account/second-step?next=%2Fkeys',
]
const ofMails = [
  '/forgot-password',
  '/reset-password',
  '/reset-password?token=abc',
  '/not-me?token=abc',
  '/confirm-email?token=abc',
  '/cancel-email-change?token=abc',
  '/invitation?token=abc',
  '/invitation',
  '/impersonate?token=abc',
  '/impersonate',
]
const entrances = [
  '/sign-in',
  '/sign-in?error=auth.provider_unverified',
  '/sign-in-code',
  '/sign-in-link',
  '/sign-in-link?token=abc',
  '/sign-in/second-step',
  '/sign-up',
  '/verify-email',
  '/verify-email?token=abc',
  '/device?user_code=WDJB-MJHT',
  '/device',
  ...ofMails,
]

const wide = { width: 1280, height: 900, scheme: 'light' } as const
const narrow = { width: 390, height: 844, scheme: 'dark' } as const
const wideDark = { ...wide, scheme: 'dark' } as const

/** A refused call is told to the reader by the screen; the browser's own line about it is no complaint. */
const aboutRefusals = /^Failed to load resource: the server responded with a status of/

if (chromiumPath) describe('every screen', screens)
else {
  sayWithoutChromium('The checks of every screen')
  test('the list of screens is complete where no browser can look at them', () => {
    expect(new Set([...ofTenant, ...entrances]).size).toBe(33)
  })
}

function screens() {
  let browser: Browser
  let server: FakeServer
  beforeAll(async () => {
    server = await startFakeServer(built)
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.[Symbol.asyncDispose]()
  })

  async function look(path: string, answers: FakeAnswers, { scheme, ...viewport }: typeof wide | typeof narrow | typeof wideDark) {
    server.answer(answers)
    const context = await browser.newContext({ viewport, colorScheme: scheme, reducedMotion: 'reduce' })
    const page = await context.newPage()
    const complaints = listenForComplaints(page)
    await page.goto(`${server.url}${path}`)
    await page.locator('h1').first().waitFor()
    await page.waitForTimeout(250)
    await expectSound(
      page,
      complaints.filter((line) => !aboutRefusals.test(line)),
    )
    expect(await page.title()).toMatch(/ · Tollkeeper$/)
    await context.close()
  }

  for (const size of [wide, wideDark, narrow]) {
    test.each([...ofTenant, ...entrances, '/no/such/page'])(`%s, full, ${size.scheme}, ${size.width} wide`, (path) =>
      look(path, full, size),
    )
  }
  test.each(ofTenant)('%s, empty', (path) => look(path, empty, narrow))
  test.each(ofTenant)('%s, while its answers are on their way', (path) => look(path, loading, wideDark))
  test.each([...ofTenant, '/verify-email?token=used', '/device?user_code=OLD'])('%s, when the server fails', (path) =>
    look(path, failing, narrow),
  )
}
