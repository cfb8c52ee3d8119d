import { existsSync } from 'node:fs'

const places = [
  // Debian's package for automation: a page in it costs a third of the CPU
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The Chromium that CHROMIUM_PATH names, or one of this machine, or null. A name that leads nowhere is a mistake, not an absence. */
export function findChromium(named = process.env.CHROMIUM_PATH): string | null {
  if (!named) return places.find((place) => existsSync(place)) ?? null
  if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, where there is nothing. Correct it or unset it.`)
  return named
}
