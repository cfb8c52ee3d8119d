import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'
import { channelNames, eventNames } from '../bridge/channel-names.ts'

/** Names are fixed here, so a page can neither invent a channel nor reach ipcRenderer. */
const call = Object.fromEntries(channelNames.map((name) => [name, (input?: unknown) => ipcRenderer.invoke(name, input)]))

function on(event: string, listener: (payload: unknown) => void): () => void {
  if (!eventNames.some((name) => name === event)) throw new Error(`The console has no event ${event}.`)
  const hear = (_event: IpcRendererEvent, payload: unknown) => listener(payload)
  ipcRenderer.on(event, hear)
  return () => {
    ipcRenderer.removeListener(event, hear)
  }
}

contextBridge.exposeInMainWorld('tollkeeper', { call, on })
