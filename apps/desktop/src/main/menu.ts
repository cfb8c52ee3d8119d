import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../bridge/state.ts'

/** The application menu. Its items ask the window; the keys are the window's own, so they are shown here but handled there. */
export function installMenu(send: (command: MenuCommand) => void): void {
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
    registerAccelerator: false,
    click: () => send(command),
  })
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { label: 'File', submenu: [item('Connect to a Server…', 'connect'), separator, { role: 'quit' }] },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { label: 'Theme', submenu: [item('Light', 'theme-light'), item('Dark', 'theme-dark'), item('System', 'theme-system')] },
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
      ],
    },
    {
      label: 'Go',
      submenu: [
        item('Search or Run a Command…', 'palette', 'CmdOrCtrl+K'),
        separator,
        item('Overview', 'overview'),
        item('Users', 'users'),
        item('Tenants', 'tenants'),
        item('Catalog', 'catalog'),
        item('Operators', 'operators'),
        item('Outbox', 'outbox'),
        item('Development Mailbox', 'mailbox'),
        separator,
        item('Back', 'back'),
        item('Forward', 'forward'),
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [item('Keyboard Shortcuts', 'shortcuts')] },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
