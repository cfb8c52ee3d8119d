import type { Page } from 'playwright-core'
import { approveDevice } from '../server/approve-device.ts'
import type { RealServer } from '../server/start-server.ts'
import type { RunningMain } from '../stand-in/run-main.ts'

/** Connects the console to a server and signs its operator in, the way a person does. */
export async function signInAt(page: Page, server: RealServer, main: RunningMain): Promise<void> {
  await page.getByLabel('Address').fill(server.url)
  await page.getByRole('button', { name: 'Connect' }).click()
  await page.getByRole('button', { name: 'Sign in with your browser' }).click()
  await page.getByRole('heading', { name: 'Waiting for approval in your browser', level: 1 }).waitFor()
  await approveDevice(server, server.operator, main.recording.opened.at(-1)!)
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor({ timeout: 15_000 })
}
