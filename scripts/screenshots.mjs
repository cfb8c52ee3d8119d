// Takes the pictures of the documentation from the running program: the demo's server in a process of its own, the web client in
// Chromium, and the built console in Chromium bridged to its real main process.
import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findChromium } from '../apps/desktop/test/browser/find-chromium.ts'
import { launchChromium, openConsole } from '../apps/desktop/test/browser/open-console.ts'
import { approveDevice } from '../apps/desktop/test/server/approve-device.ts'
import { runMain } from '../apps/desktop/test/stand-in/run-main.ts'

const root = resolve(import.meta.dirname, '..')
const images = join(root, 'docs/images')
const port = 4011
const url = `http://localhost:${port}`
const operator = { email: 'operator@example.com', password: 'lift the bar for those who may' }
const person = { email: 'tomas@juniper-labs.example', password: 'a demo of tollkeeper' }

const executable = findChromium()
if (executable === null) {
  console.error('Pictures are taken with Chromium, and none was found. Install it, or name one in CHROMIUM_PATH.')
  process.exit(1)
}
await mkdir(images, { recursive: true })
const dataDir = await mkdtemp(join(tmpdir(), 'tollkeeper-pictures-'))
// run as root, the database's own account has to reach it
await chmod(dataDir, 0o755)
const server = await startDemo()
const browser = await launchChromium(executable)
try {
  for (const theme of ['light', 'dark']) await webPictures(theme)
  for (const theme of ['light', 'dark']) await consolePictures(theme)
} finally {
  await browser.close()
  server.kill('SIGTERM')
  await new Promise((done) => server.once('exit', done))
  await rm(dataDir, { recursive: true, force: true })
}

async function startDemo() {
  const child = spawn(process.execPath, ['src/main.ts', '--demo'], {
    cwd: join(root, 'apps/api'),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'development',
      DATABASE_URL: '',
      PORT: String(port),
      TOLLKEEPER_URL: url,
      TOLLKEEPER_DATA_DIR: dataDir,
      TOLLKEEPER_OPERATOR_EMAIL: operator.email,
      TOLLKEEPER_OPERATOR_PASSWORD: operator.password,
    },
  })
  await new Promise((ready, failed) => {
    child.stdout.on('data', (text) => String(text).includes('is ready') && ready())
    child.once('exit', () => failed(new Error('The server did not start.')))
  })
  return child
}

async function webPictures(theme) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: theme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const take = (name) => page.screenshot({ path: join(images, `${name}-${theme}.png`) })
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  await page.getByText('in all').waitFor()
  await take('overview')
  await page.getByLabel('Amount').fill('90000')
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  await page.getByText('dec_').first().waitFor()
  await page.getByText('dec_').first().scrollIntoViewIfNeeded()
  await take('denial')
  await page.goto(`${url}/plans`)
  await page.getByRole('heading', { name: 'Plans', level: 1 }).waitFor()
  await page.getByText('Your plan').waitFor()
  await take('plans')
  await context.close()
}

async function consolePictures(theme) {
  const main = await runMain()
  const { page } = await openConsole(browser, main, { width: 1280, height: 800, theme })
  const take = (name) => page.screenshot({ path: join(images, `console-${name}-${theme}.png`) })
  await page.getByLabel('Address').fill(url)
  await page.getByLabel('Name').fill('Demo')
  await page.getByRole('button', { name: 'Connect' }).click()
  await page.getByRole('button', { name: 'Sign in with your browser' }).click()
  await page.getByRole('heading', { name: 'Waiting for approval in your browser' }).waitFor()
  await approveDevice({ url }, operator, main.recording.opened.at(-1))
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor({ timeout: 20_000 })
  await sleep(1_000)
  await take('overview')
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await page.getByText('Kestrel News').first().waitFor()
  await take('tenants')
  await page.getByText('Juniper Labs', { exact: true }).last().click()
  await page.getByRole('heading', { name: 'Juniper Labs' }).waitFor()
  await sleep(1_500)
  await take('tenant')
  await page.close()
  await main[Symbol.asyncDispose]()
}
