import { EventEmitter } from 'node:events'

/** What the main process did to Electron, for tests to look at. */
export interface Recording {
  handlers: Map<string, (event: unknown, ...args: unknown[]) => Promise<unknown>>
  privilegedSchemes: { scheme: string; privileges?: Record<string, boolean> }[]
  opened: string[]
  quit: number
  sandboxEnabled: boolean
  menu: MenuItem[]
  windows: StandInWindow[]
  sessions: Map<string, StandInSession>
  themeSource: string
}

export interface MenuItem {
  label?: string
  role?: string
  click?: () => void
  submenu?: MenuItem[]
}

/** A frame as ipcMain events carry it. */
export interface Frame {
  url: string
  parent: Frame | null
}

type Deny = { action: string }

export class StandInContents extends EventEmitter {
  sent: { channel: string; payload: unknown }[] = []
  mainFrame: Frame = { url: 'about:blank', parent: null }
  windowOpenHandler: ((details: { url: string }) => Deny) | null = null

  setWindowOpenHandler(handler: (details: { url: string }) => Deny): void {
    this.windowOpenHandler = handler
  }

  send(channel: string, payload: unknown): void {
    this.sent.push({ channel, payload })
    this.emit('stand-in:sent', channel, payload)
  }
}

export class StandInWindow extends EventEmitter {
  readonly options: Record<string, unknown> & { webPreferences: Record<string, unknown> }
  readonly webContents = new StandInContents()
  url = ''
  minimized = false
  focused = 0
  maximized = false
  shown = false

  constructor(options: StandInWindow['options']) {
    super()
    this.options = options
  }

  async loadURL(url: string): Promise<void> {
    this.url = url
    this.webContents.mainFrame = { url, parent: null }
    this.emit('ready-to-show')
    this.emit('stand-in:loaded')
  }

  show() {
    this.shown = true
  }
  focus() {
    this.focused += 1
  }
  restore() {
    this.minimized = false
  }
  maximize() {
    this.maximized = true
  }
  isMinimized() {
    return this.minimized
  }
  isMaximized() {
    return this.maximized
  }
  getNormalBounds() {
    return { x: 10, y: 20, width: 1000, height: 700 }
  }
}

type Answer<Value> = (value: Value) => void

export class StandInSession extends EventEmitter {
  permissionRequest: ((contents: unknown, permission: string, answer: Answer<boolean>, details: object) => void) | null = null
  permissionCheck: ((contents: unknown, permission: string, origin: string) => boolean) | null = null
  devicePermission: ((details: object) => boolean) | null = null
  beforeRequest: ((details: { url: string }, answer: Answer<{ cancel: boolean }>) => void) | null = null
  protocols = new Map<string, (request: Request) => Promise<Response>>()
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) => {
      this.protocols.set(scheme, handler)
    },
  }
  readonly webRequest = {
    onBeforeRequest: (handler: NonNullable<StandInSession['beforeRequest']>) => {
      this.beforeRequest = handler
    },
  }

  setPermissionRequestHandler(handler: NonNullable<StandInSession['permissionRequest']>): void {
    this.permissionRequest = handler
  }
  setPermissionCheckHandler(handler: NonNullable<StandInSession['permissionCheck']>): void {
    this.permissionCheck = handler
  }
  setDevicePermissionHandler(handler: NonNullable<StandInSession['devicePermission']>): void {
    this.devicePermission = handler
  }
}
