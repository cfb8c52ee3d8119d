import { expect, test } from 'vitest'
import { connect } from './scripted/connect.ts'
import { startScriptedServer } from './scripted/scripted-server.ts'
import { type RunningMain, runMain } from './stand-in/run-main.ts'

const own = 'tollkeeper-console://app/index.html'

/** Addresses the system must never be asked to open. Schemes start programs; look-alikes lead elsewhere. */
function hostile(server: string): string[] {
  const { host, port } = new URL(server)
  const schemes = [
    'file',
    'smb',
    'ftp',
    'javascript',
    'data',
    'vbscript',
    'ms-msdt',
    'ms-officecmd',
    'search-ms',
    'ms-settings',
    'shell',
    'ssh',
    'telnet',
    'ldap',
    'jar',
    'chrome',
    'devtools',
    'about',
    'blob',
    'filesystem',
    'view-source',
    'mailto',
    'tel',
    'steam',
    'slack',
    'vscode',
    'x-apple-systempreferences',
    'itms-services',
    'intent',
    'tollkeeper-console',
    'ws',
    'wss',
    'gopher',
    'mhtml',
    'res',
  ]
  const shapes = ['//evil.example/x', `//${host}/x`, 'calc.exe', '///etc/passwd']
  return [
    ...schemes.flatMap((scheme) => shapes.map((shape) => `${scheme}:${shape}`)),
    'http://evil.example/',
    'https://evil.example/',
    'http://dashboard.stripe.com/',
    'https://dashboard.stripe.com:8443/',
    'https://dashboard.stripe.com.evil.example/',
    'https://evil.example/dashboard.stripe.com',
    'https://dashboard.stripe.com@evil.example/',
    'https://user:secret@dashboard.stripe.com/',
    'https://:secret@dashboard.stripe.com/',
    `http://${host}@evil.example/`,
    `http://evil.example:${port}/`,
    `https://${host}/`,
    `http://127.0.0.1:${Number(port) === 1 ? 2 : 1}/`,
    `http://127.0.0.1.evil.example:${port}/`,
    `http://user@${host}/`,
    ` ${server}/`,
    `${server}/\n`,
    `${server}\\@evil.example/`,
    `\u0000${server}/`,
    `${server}/\u202egpj.exe`,
    `//${host}/`,
    '',
    'x',
    '/etc/passwd',
    'C:\\Windows\\System32\\calc.exe',
    `${server}/${'x'.repeat(3_000)}`,
  ]
}

async function openWindow(main: RunningMain, url: string): Promise<string> {
  const action = main.window.webContents.windowOpenHandler!({ url }).action
  await new Promise((resolve) => setTimeout(resolve, 0))
  return action
}

test('no page can lead the window or a frame in it anywhere', async () => {
  await using main = await runMain()
  for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
    for (const url of [...hostile('http://127.0.0.1:4000'), 'about:srcdoc', 'tollkeeper-console://app/other.html']) {
      let stopped = false
      main.window.webContents.emit(event, { url, isMainFrame: true, preventDefault: () => (stopped = true) })
      expect(stopped, `${event} to ${url}`).toBe(true)
    }
    let stopped = false
    main.window.webContents.emit(event, { url: `${own}#/connect`, isMainFrame: true, preventDefault: () => (stopped = true) })
    expect(stopped).toBe(false)
  }
  let attached = true
  main.window.webContents.emit('will-attach-webview', { preventDefault: () => (attached = false) })
  expect(attached).toBe(false)
})

test('window.open opens no window, and hands the system nothing of a hundred hostile addresses', async () => {
  await using server = await startScriptedServer()
  await using main = await runMain()
  await connect(main, server.url)
  const corpus = hostile(server.url)
  expect(corpus.length).toBeGreaterThan(100)
  for (const url of corpus) {
    expect(await openWindow(main, url)).toBe('deny')
    const answer = await main.invoke('links.open', [{ url }])
    expect(answer, url).toMatchObject({ ok: false })
  }
  expect(main.recording.opened).toEqual([])
})

test('pages of a connected server and of Stripe go to the system browser', async () => {
  await using server = await startScriptedServer()
  await using main = await runMain()
  await connect(main, server.url)
  const { port } = new URL(server.url)
  const allowed = [
    `${server.url}/device?user_code=AB`,
    `http://localhost:${port}/verify-email?token=x`,
    'https://dashboard.stripe.com/test/customers',
  ]
  for (const url of allowed) expect(await openWindow(main, url)).toBe('deny')
  expect(main.recording.opened).toEqual(allowed)
})

test('every permission is denied but writing to the clipboard, and that only to the console', async () => {
  await using main = await runMain()
  const { pages } = main
  const names = [
    'media',
    'geolocation',
    'notifications',
    'midi',
    'midiSysex',
    'pointerLock',
    'fullscreen',
    'openExternal',
    'window-management',
    'clipboard-read',
    'display-capture',
    'hid',
    'serial',
    'usb',
    'idle-detection',
    'storage-access',
    'fileSystem',
    'unknown',
  ]
  const asked = (permission: string, requestingUrl: string, isMainFrame = true) => {
    let granted: boolean | null = null
    pages.permissionRequest!(null, permission, (answer) => (granted = answer), { requestingUrl, isMainFrame })
    return granted
  }
  for (const name of names) {
    expect(asked(name, own)).toBe(false)
    expect(pages.permissionCheck!(null, name, 'tollkeeper-console://app')).toBe(false)
  }
  expect(asked('clipboard-sanitized-write', own)).toBe(true)
  expect(asked('clipboard-sanitized-write', own, false)).toBe(false)
  expect(asked('clipboard-sanitized-write', 'https://evil.example/')).toBe(false)
  expect(pages.devicePermission!({})).toBe(false)
})

test('the pages request nothing outside the app and download nothing', async () => {
  await using main = await runMain()
  const cancelled = (url: string) => {
    let cancel: boolean | null = null
    main.pages.beforeRequest!({ url }, (answer) => (cancel = answer.cancel))
    return cancel
  }
  for (const url of [
    'https://evil.example/',
    'http://127.0.0.1:4000/trpc',
    'file:///etc/passwd',
    'ws://127.0.0.1/',
    'tollkeeper-console://evil/',
  ])
    expect(cancelled(url), url).toBe(true)
  expect(cancelled('tollkeeper-console://app/assets/index.js')).toBe(false)
  let stopped = false
  main.pages.emit('will-download', { preventDefault: () => (stopped = true) })
  expect(stopped).toBe(true)
})
