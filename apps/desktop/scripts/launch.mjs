// Starts the built console with the Electron of this machine, or explains how to get one.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findElectron } from './find-electron.ts'

const app = join(import.meta.dirname, '..')
const electron = findElectron()

if (electron === null) {
  const named = process.env.ELECTRON_PATH
  console.error(
    `${named ? `ELECTRON_PATH names ${named}, which is not a program.` : 'There is no Electron on this machine.'} ` +
      'The console is a desktop program and needs the Electron binary, about 100 MB, which is not downloaded without being asked for. ' +
      'To get it, run `pnpm --filter @tollkeeper/desktop exec install-electron` in this project (it fetches the version the project ' +
      'is pinned to from GitHub), or install Electron 45 by other means and name its binary in ELECTRON_PATH, then run ' +
      '`npm run console` again.',
  )
  process.exit(1)
}
if (!existsSync(join(app, 'out/main/index.js'))) {
  console.error('The console is not built. Run `npm run console`, which builds it first.')
  process.exit(1)
}

const child = spawn(electron, [app, ...process.argv.slice(2)], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => {
  console.error(`Electron could not be started from ${electron}: ${error.message}`)
  process.exit(1)
})
child.on('exit', (code) => process.exit(code ?? 0))
