import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, type Session, screen } from 'electron'
import { appOrigin } from '../app-scheme.ts'
import { readWindowState, writeWindowState } from './window-state.ts'

/** The console's window, where it was the last time. It appears when its first picture is drawn. */
export async function openWindow(session: Session, preload: string): Promise<BrowserWindow> {
  const place = join(app.getPath('userData'), 'window.json')
  const { maximized, ...bounds } = await readWindowState(
    place,
    screen.getAllDisplays().map((display) => display.workArea),
  )
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 820,
    minHeight: 520,
    show: false,
    title: 'Tollkeeper',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#101114' : '#fbfbfa',
    webPreferences: {
      preload,
      session,
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
      safeDialogs: true,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  if (maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => {
    const { x, y, width, height } = window.getNormalBounds()
    writeWindowState(place, { x, y, width, height, maximized: window.isMaximized() }).catch((error) =>
      console.warn('The place of the window was not kept.', error),
    )
  })
  await window.loadURL(`${appOrigin}/index.html`)
  return window
}
