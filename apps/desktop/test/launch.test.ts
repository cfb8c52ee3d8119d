import { spawnSync } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { _electron } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { findRealElectron } from './find-real-electron.ts'

const app = resolve(import.meta.dirname, '..')
const { binary } = findRealElectron()

test('without an Electron, the launcher says in one paragraph how to get one, and fails', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(app, 'scripts/launch.mjs')], {
    env: { PATH: '/nowhere', ELECTRON_PATH: '/nowhere/electron' },
    encoding: 'utf8',
  })
  expect(status).toBe(1)
  expect(stderr).toContain('ELECTRON_PATH names /nowhere/electron, which is not a program.')
  expect(
    stderr
      .trim()
      .split('\n')
      .filter((line) => !line.includes('Warning')),
  ).toHaveLength(1)
})

test('the launcher starts the Electron it is named with the built console, and ends as it ends', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tollkeeper-launch-'))
  const binary = join(folder, 'electron')
  await writeFile(binary, '#!/bin/sh\necho "started with $1"\nexit 7\n')
  await chmod(binary, 0o755)
  const { status, stdout } = spawnSync(process.execPath, [join(app, 'scripts/launch.mjs')], {
    env: { PATH: ['/usr/bin', '/bin'].join(delimiter), ELECTRON_PATH: binary },
    encoding: 'utf8',
  })
  expect(stdout.trim()).toBe(`started with ${app}`)
  expect(status).toBe(7)
  await rm(folder, { recursive: true })
})

if (binary !== null) {
  describe('the built console in a real Electron', { timeout: 60_000 }, () => {
    test('opens its window sandboxed, isolated, with the bridge and nothing else, and refuses to be led away', async () => {
      const userData = await mkdtemp(join(tmpdir(), 'tollkeeper-console-'))
      const running = await _electron.launch({ executablePath: binary, args: [app, `--user-data-dir=${userData}`] })
      try {
        const page = await running.firstWindow()
        await page.getByRole('heading', { name: 'Connect to a server' }).waitFor()
        expect(page.url()).toMatch(/^tollkeeper-console:\/\/app\/index\.html/)
        const seen = await page.evaluate(() => ({
          bridge: Object.keys(window.tollkeeper).sort(),
          node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
          secure: window.isSecureContext,
          opened: window.open('https://evil.example/'),
        }))
        expect(seen).toEqual({ bridge: ['call', 'on'], node: [], secure: true, opened: null })
        const before = page.url()
        await page.evaluate(() => {
          location.href = 'https://evil.example/'
        })
        await page.waitForTimeout(500)
        expect(page.url()).toBe(before)
        expect(running.windows()).toHaveLength(1)
      } finally {
        await running.close()
        await rm(userData, { recursive: true, force: true })
      }
    })
  })
}
