import { EventEmitter } from 'node:events'
import { type MenuItem, type Recording, StandInSession, StandInWindow } from './recording.ts'

export interface StandInOptions {
  userData: string
  /** What Linux offers for secrets; with `basic_text` nothing is really encrypted. */
  backend?: 'gnome_libsecret' | 'basic_text'
  /** Another console runs already. */
  lockTaken?: boolean
  packaged?: boolean
  openExternal?: (url: string) => Promise<void>
}

/**
 * Stands in for Electron where its binary cannot be had: it records what the main process asks for, and does nothing of it.
 * What a real Electron makes of those requests is not shown by it.
 */
export function standInElectron(options: StandInOptions) {
  const app = new EventEmitter()
  const recording: Recording & { app: EventEmitter } = {
    app,
    handlers: new Map(),
    privilegedSchemes: [],
    opened: [],
    quit: 0,
    sandboxEnabled: false,
    menu: [],
    windows: [],
    sessions: new Map(),
    themeSource: 'system',
  }

  class BrowserWindow extends StandInWindow {
    static getAllWindows() {
      return recording.windows
    }
    constructor(given: StandInWindow['options']) {
      super(given)
      recording.windows.push(this)
      app.emit('web-contents-created', {}, this.webContents)
    }
  }

  const electron = {
    app: Object.assign(app, {
      isPackaged: options.packaged ?? false,
      setName: () => undefined,
      getVersion: () => '0.1.0',
      getPath: () => options.userData,
      enableSandbox: () => {
        recording.sandboxEnabled = true
      },
      requestSingleInstanceLock: () => !options.lockTaken,
      whenReady: () => Promise.resolve(),
      quit: () => {
        recording.quit += 1
      },
      exit: () => {
        recording.quit += 1
      },
    }),
    BrowserWindow,
    ipcMain: {
      handle: (channel: string, handler: (event: unknown, ...args: unknown[]) => Promise<unknown>) => {
        recording.handlers.set(channel, handler)
      },
    },
    Menu: {
      buildFromTemplate: (template: MenuItem[]) => template,
      setApplicationMenu: (menu: MenuItem[]) => {
        recording.menu = menu
      },
    },
    nativeTheme: {
      shouldUseDarkColors: false,
      set themeSource(theme: string) {
        recording.themeSource = theme
      },
    },
    net: { fetch: (url: string, init: RequestInit) => fetch(url, init) },
    protocol: {
      registerSchemesAsPrivileged: (schemes: Recording['privilegedSchemes']) => {
        recording.privilegedSchemes = schemes
      },
    },
    safeStorage: {
      isAsyncEncryptionAvailable: async () => true,
      getSelectedStorageBackend: () => options.backend ?? 'gnome_libsecret',
      encryptStringAsync: async (text: string) => Buffer.from(text, 'utf8').map((byte) => byte ^ 0x5a),
      decryptStringAsync: async (sealed: Buffer) => ({
        shouldReEncrypt: false,
        result: Buffer.from(sealed.map((byte) => byte ^ 0x5a)).toString('utf8'),
      }),
    },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    session: {
      fromPartition: (partition: string) => {
        const known = recording.sessions.get(partition) ?? new StandInSession()
        recording.sessions.set(partition, known)
        return known
      },
    },
    shell: {
      openExternal: async (url: string) => {
        await options.openExternal?.(url)
        recording.opened.push(url)
      },
    },
  }
  return { electron, recording }
}
