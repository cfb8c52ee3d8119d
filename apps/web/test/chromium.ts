import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const usual = [
  // Debian's package for automation: a page in it costs a third of the CPU
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
]

/** The Chromium of this machine: `CHROMIUM_PATH`, or where it usually is. Undefined where there is none. */
export const chromiumPath = [process.env.CHROMIUM_PATH, ...usual].find((path) => path !== undefined && existsSync(path))

/** Says once a file that its browser tests did not run, and why. */
export function sayWithoutChromium(what: string): void {
  console.warn(`${what} did not run: no Chromium was found. Install it, or name it in CHROMIUM_PATH.`)
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] })
}
