import { join } from 'node:path'
import { app, BrowserWindow } from 'electron'
import { registerAppScheme } from './app-scheme.ts'
import { start } from './start.ts'

app.setName('Tollkeeper')
app.enableSandbox()
registerAppScheme()

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows()
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app
    .whenReady()
    .then(() => start(join(import.meta.dirname, '..')))
    .catch((error) => {
      console.error('The console did not start.', error)
      app.exit(1)
    })
} else {
  app.quit()
}
