import { join } from 'node:path'
import { app, BrowserWindow, session, shell } from 'electron'
import { serveApp } from './app-scheme.ts'
import { openConnections } from './connections/connections.ts'
import { failed } from './console-error.ts'
import { openGateway } from './ipc/gateway.ts'
import { createHandlers } from './ipc/handlers.ts'
import { tellWindow } from './ipc/tell-window.ts'
import { installMenu } from './menu.ts'
import { openVault } from './secrets/vault.ts'
import { createSessions } from './session/sessions.ts'
import { openSignIns } from './session/sign-ins.ts'
import { externalLink } from './window/external-links.ts'
import { hardenContents } from './window/harden-contents.ts'
import { hardenSession } from './window/harden-session.ts'
import { openWindow } from './window/open-window.ts'

/** The pages' own session: its rules bind the window, while main's requests to servers go through the default one. */
const PARTITION = 'persist:console'

/** Puts the console together, once Electron is ready. */
export async function start(out: string): Promise<void> {
  const connections = await openConnections(join(app.getPath('userData'), 'connections.json'), new Date())
  const vault = await openVault()
  const signIns = await openSignIns(connections, vault)
  const changed = () => tellWindow('state.changed', null)

  const openLink = async (url: string) => {
    const link = externalLink(
      url,
      connections.list().map((connection) => connection.url),
    )
    if (link === null) throw failed('console.link_refused')
    await shell.openExternal(link)
  }

  const sessions = createSessions({ connections, signIns, vault, changed, openInBrowser: openLink })
  const pages = session.fromPartition(PARTITION)
  hardenSession(pages)
  hardenContents(app, openLink)
  serveApp(pages, join(out, 'renderer'))
  openGateway(createHandlers({ connections, sessions, vault, openLink, changed }))
  installMenu((command) => tellWindow('menu.command', command))

  const open = () => openWindow(pages, join(out, 'preload', 'index.cjs'))
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open().catch((error) => console.error('The window did not open.', error))
  })
  await open()
}
