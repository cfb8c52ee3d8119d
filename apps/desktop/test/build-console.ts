import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { findChromium } from './browser/find-chromium.ts'
import { findRealElectron } from './find-real-electron.ts'

/** The tests are about what ships, so they begin with a build of what is here now, and say what of it they cannot try. */
export function setup(): void {
  const cli = resolve(import.meta.dirname, '../node_modules/electron-vite/bin/electron-vite.js')
  execFileSync(process.execPath, [cli, 'build', '--logLevel', 'warn'], {
    cwd: resolve(import.meta.dirname, '..'),
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const { obstacle } = findRealElectron()
  if (obstacle !== null) console.info(`The console is not started in a real Electron: ${obstacle}.`)
  if (findChromium() === null)
    console.info('The console is not tried in a browser: no Chromium was found. Install one or set CHROMIUM_PATH.')
}
