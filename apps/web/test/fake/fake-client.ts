import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { built } from '../web-root.ts'
import { type FakeServer, startFakeServer } from './fake-server.ts'
import { full } from './full.ts'

/** The client as it is built, on a server that answers what a test says. */
export interface FakeClient {
  server: FakeServer
  /** Of a browser that knows nothing, anew for each test. */
  page: Page
}

/** Opens it for the tests of a group; before each the server answers for a person who has everything. */
export function fakeClient(): FakeClient {
  const client = {} as FakeClient
  let browser: Browser
  beforeAll(async () => {
    client.server = await startFakeServer(built)
    browser = await launchChromium()
  })
  beforeEach(async () => {
    await client.page?.context().close()
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      colorScheme: 'light',
      reducedMotion: 'reduce',
    })
    client.page = await context.newPage()
    client.page.setDefaultTimeout(10_000)
    client.server.answer(full)
  })
  afterAll(async () => {
    await browser?.close()
    await client.server?.[Symbol.asyncDispose]()
  })
  return client
}
