import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { Frame } from '../stand-in/recording.ts'
import { outFolder, type RunningMain } from '../stand-in/run-main.ts'

/** Chromium knows no scheme of ours: the pages are asked for here, and answered by the scheme's real handler, policy included. */
const ORIGIN = 'https://console.test'

export interface OpenConsole {
  page: Page
  /** What the page wrote to its console as an error, and what it threw. */
  faults: string[]
  /** Every answer that crossed the bridge, and every event, as JSON. */
  answers: string[]
  /**
   * What a procedure answers once in place of the server, by its path: for what a real server does not do on demand. A function is
   * given the way to ask the server all the same.
   */
  once: Map<string, unknown>
}

export async function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}

/**
 * The built renderer in Chromium, with the text of the built preload in front of it, bridged to the real ipcMain handlers of a
 * running built main process. Electron's own isolation of the preload's world is not part of it.
 */
export async function openConsole(
  browser: Browser,
  main: RunningMain,
  view: { width: number; height: number; theme?: 'light' | 'dark' } = { width: 1280, height: 800 },
): Promise<OpenConsole> {
  const context = await browser.newContext({ viewport: view, colorScheme: view.theme ?? 'light', reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const faults: string[] = []
  const answers: string[] = []
  const once: OpenConsole['once'] = new Map()
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  page.on('pageerror', (error) => faults.push(String(error)))

  await page.route('**/*', async (route) => {
    const url = route.request().url()
    if (!url.startsWith(`${ORIGIN}/`)) return route.abort()
    const answer = await main.pages.protocols.get('tollkeeper-console')!(
      new Request(url.replace(ORIGIN, 'tollkeeper-console://app'), { method: route.request().method() }),
    )
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    })
  })

  await page.exposeBinding('__invoke', async ({ frame }, channel: string, args: unknown[]) => {
    const own = main.window.webContents.mainFrame
    const sender: Frame = frame === page.mainFrame() ? own : { url: frame.url(), parent: own }
    const path = channel === 'server.call' ? (args[0] as { path: string }).path : ''
    const ask = () => main.invoke(channel, args, sender)
    const instead = once.get(path)
    once.delete(path)
    const answer = typeof instead === 'function' ? await instead(ask) : (instead ?? (await ask()))
    answers.push(JSON.stringify(answer))
    return answer
  })
  const forward = (channel: string, payload: unknown) => {
    answers.push(JSON.stringify(payload))
    page
      .evaluate(([name, value]) => window.dispatchEvent(new CustomEvent(`ipc:${name}`, { detail: value })), [
        channel,
        payload,
      ] as const)
      .catch((error) => {
        if (!page.isClosed()) faults.push(`An event did not arrive: ${error}`)
      })
  }
  main.window.webContents.on('stand-in:sent', forward)
  page.on('close', () => main.window.webContents.off('stand-in:sent', forward))

  await page.addInitScript(inFrontOfThePage(await readFile(join(outFolder, 'preload/index.cjs'), 'utf8')))
  await page.goto(`${ORIGIN}/index.html`)
  return { page, faults, answers, once }
}

/** The preload's text as Electron would run it: once, in the main frame, with `electron` as all it can require. */
function inFrontOfThePage(preload: string): string {
  return `if (window.top === window) {
  const invoke = window.__invoke
  const listeners = new WeakMap()
  const freeze = (value) => {
    if (typeof value === 'object' && value !== null) { Object.values(value).forEach(freeze); Object.freeze(value) }
    return value
  }
  const electron = {
    contextBridge: { exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: freeze(api) }) },
    ipcRenderer: {
      invoke: (channel, ...args) => invoke(channel, args.filter((arg, index) => arg !== undefined || index > 0)),
      on: (channel, listener) => {
        const hear = (event) => listener({}, event.detail)
        listeners.set(listener, hear)
        window.addEventListener('ipc:' + channel, hear)
      },
      removeListener: (channel, listener) => window.removeEventListener('ipc:' + channel, listeners.get(listener)),
    },
  }
  const require = (name) => { if (name !== 'electron') throw new Error('A sandboxed preload cannot require ' + name); return electron }
  ;(function (require, module, exports) {\n${preload}\n})(require, { exports: {} }, {})
}`
}
