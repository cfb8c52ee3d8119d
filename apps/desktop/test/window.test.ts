import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { menuCommands } from '../src/bridge/state.ts'
import type { MenuItem } from './stand-in/recording.ts'
import { runMain } from './stand-in/run-main.ts'

test('the window has every secure default of the checklist, whatever Electron itself would choose', async () => {
  await using main = await runMain()
  expect(main.recording.sandboxEnabled).toBe(true)
  expect(main.window.options.webPreferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    plugins: false,
    navigateOnDragDrop: false,
  })
  expect(main.window.options.webPreferences.preload).toMatch(/out\/preload\/index\.cjs$/)
})

test('a packaged console has no developer tools', async () => {
  await using main = await runMain({ packaged: true })
  expect(main.window.options.webPreferences.devTools).toBe(false)
})

test('a second console gives way to the first, which comes forward', async () => {
  await using second = await runMain({ lockTaken: true })
  expect(second.recording.quit).toBe(1)
  expect(second.recording.windows).toEqual([])
  await using first = await runMain()
  first.window.minimized = true
  first.recording.app.emit('second-instance')
  expect(first.window).toMatchObject({ minimized: false, focused: 1 })
})

test('every item of the menu that asks the window names a command the window knows', async () => {
  await using main = await runMain()
  const press = (items: readonly MenuItem[]): void => {
    for (const item of items) {
      item.click?.()
      press(item.submenu ?? [])
    }
  }
  press(main.recording.menu)
  const sent = main.window.webContents.sent.filter(({ channel }) => channel === 'menu.command').map(({ payload }) => payload)
  expect([...sent].sort()).toEqual([...menuCommands].sort())
})

test('the window comes back where it was left, unless that screen is gone', async () => {
  const userData = await mkdtemp(join(tmpdir(), 'tollkeeper-console-'))
  {
    await using main = await runMain({ userData })
    expect(main.window.options).toMatchObject({ width: 1280, height: 800 })
    main.window.emit('close')
    await vi.waitFor(() => readFile(join(userData, 'window.json')))
  }
  {
    await using main = await runMain({ userData })
    expect(main.window.options).toMatchObject({ x: 10, y: 20, width: 1000, height: 700 })
  }
  await writeFile(join(userData, 'window.json'), JSON.stringify({ x: 9_000, y: 0, width: 1000, height: 700, maximized: false }))
  {
    await using main = await runMain({ userData })
    expect(main.window.options).toMatchObject({ width: 1000, height: 700 })
    expect(main.window.options.x).toBeUndefined()
  }
  await rm(userData, { recursive: true })
})
