import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { promisify } from 'node:util'
import { chromiumPath } from './chromium.ts'
import { root } from './web-root.ts'

/** Builds the client once for all browser tests, exactly as it ships: in a process of its own, because the test runner's environment would make a development build. */
export async function setup(): Promise<void> {
  if (!chromiumPath) return
  const vite = resolve(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
  await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
  })
}
