import { existsSync } from 'node:fs'

const usualPlaces = [
  // Debian's package for automation: a page in it costs a third of the CPU
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** The browser to check in: CHROMIUM_PATH, else the first usual place that has one. Throws when CHROMIUM_PATH leads nowhere. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_PATH
  if (named && !existsSync(named)) throw new Error(`CHROMIUM_PATH is ${named}, but no file is there. Correct it or unset it.`)
  return named || usualPlaces.find((place) => existsSync(place))
}
