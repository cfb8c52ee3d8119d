import type { App, WebContents } from 'electron'
import { appOrigin } from '../app-scheme.ts'
import { toFailure } from '../console-error.ts'

/** Every page the app ever creates: it stays where it is, opens no window, attaches no webview. */
export function hardenContents(app: App, openLink: (url: string) => Promise<void>): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    const stay = (event: { preventDefault(): void; url: string; isMainFrame: boolean }) => {
      // a mail is shown in a sandboxed frame, written by the page itself
      if (!event.isMainFrame && event.url === 'about:srcdoc') return
      if (!isConsolePage(event.url)) event.preventDefault()
    }
    contents.on('will-navigate', stay)
    contents.on('will-redirect', stay)
    contents.on('will-frame-navigate', stay)
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      openLink(url).catch((error) => console.warn('A link was not opened:', toFailure(error).code))
      return { action: 'deny' }
    })
  })
}

/** The console's one page; its screens are in the fragment. */
export function isConsolePage(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && `${url.protocol}//${url.host}` === appOrigin && url.pathname === '/index.html'
}
