import { mkdtemp, rm } from 'node:fs/promises'
import { registerHooks } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type StandInOptions, standInElectron } from './electron.ts'
import type { Frame, Recording, StandInSession, StandInWindow } from './recording.ts'

export const outFolder = resolve(import.meta.dirname, '../../out')
const standIns = new Map<string, object>()
const STORE = Symbol.for('tollkeeper.electron-stand-ins')
Object.assign(globalThis, { [STORE]: standIns })

/** `import … from 'electron'` of the built main process gets the stand-in of its run; the real package would try to download. */
registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'electron') return next(specifier, context)
    const run = new URL(context.parentURL ?? 'file:///').searchParams.get('run')
    return { url: `electron-stand-in:${run}`, format: 'module', shortCircuit: true }
  },
  load(url, context, next) {
    if (!url.startsWith('electron-stand-in:')) return next(url, context)
    const run = url.split(':')[1] ?? ''
    const names = Object.keys(standIns.get(run) ?? {}).join(', ')
    const source = `export const { ${names} } = globalThis[Symbol.for('tollkeeper.electron-stand-ins')].get('${run}')`
    return { format: 'module', source, shortCircuit: true }
  },
})

export interface RunningMain extends AsyncDisposable {
  recording: Recording & { app: NodeJS.EventEmitter }
  userData: string
  window: StandInWindow
  /** The session of the window's pages. */
  pages: StandInSession
  /** Asks over a channel as the window's own page, or as the given frame. */
  invoke(channel: string, args: unknown[], frame?: Frame | null): Promise<unknown>
}

let runs = 0

/** Runs the built main process, the very file that ships, until its window is open. */
export async function runMain(options: Partial<StandInOptions> = {}): Promise<RunningMain> {
  const own = options.userData === undefined
  const userData = options.userData ?? (await mkdtemp(join(tmpdir(), 'tollkeeper-console-')))
  const { electron, recording } = standInElectron({ ...options, userData })
  const run = String(++runs)
  standIns.set(run, electron)
  const entry = pathToFileURL(join(outFolder, 'main/index.js'))
  await import(/* @vite-ignore */ `${entry.href}?run=${run}`)
  if (!options.lockTaken) await opened(recording)
  const [window] = recording.windows
  return {
    recording,
    userData,
    window: window!,
    pages: recording.sessions.get('persist:console')!,
    invoke: (channel, args, frame = window!.webContents.mainFrame) => {
      const handler = recording.handlers.get(channel)
      if (!handler) throw new Error(`The main process handles no channel ${channel}.`)
      // a real bridge copies what it carries
      const event = { sender: window!.webContents, senderFrame: frame }
      return handler(event, ...structuredClone(args)).then((answer) => structuredClone(answer))
    },
    [Symbol.asyncDispose]: async () => {
      standIns.delete(run)
      if (own) await rm(userData, { recursive: true, force: true })
    },
  }
}

async function opened(recording: Recording): Promise<void> {
  const deadline = Date.now() + 5_000
  while (!recording.windows[0]?.url) {
    if (Date.now() > deadline || recording.quit > 0) throw new Error('The main process opened no window.')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
