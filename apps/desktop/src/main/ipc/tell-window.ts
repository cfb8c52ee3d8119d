import { BrowserWindow } from 'electron'
import type { ConsoleEvent, ConsoleEvents } from '../../bridge/console-bridge.ts'

/** Sends an event to the console's window, when there is one. */
export function tellWindow<Name extends ConsoleEvent>(event: Name, payload: ConsoleEvents[Name]): void {
  for (const window of BrowserWindow.getAllWindows()) window.webContents.send(event, payload)
}
