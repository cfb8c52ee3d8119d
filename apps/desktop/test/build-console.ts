import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'

/** The tests are about what ships, so they begin with a build of what is here now. */
export function setup(): void {
  const cli = resolve(import.meta.dirname, '../node_modules/electron-vite/bin/electron-vite.js')
  execFileSync(process.execPath, [cli, 'build', '--logLevel', 'warn'], {
    cwd: resolve(import.meta.dirname, '..'),
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}
