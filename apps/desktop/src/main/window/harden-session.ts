import type { Session } from 'electron'
import { appOrigin } from '../app-scheme.ts'

/** The one thing the page may do beyond drawing: put text on the clipboard when a copy button is pressed. */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write'

/** No permission, no device, no download, and no request that does not stay inside the app. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(permission === ALLOWED_PERMISSION && details.isMainFrame && isOurs(details.requestingUrl))
  })
  session.setPermissionCheckHandler((_contents, permission, origin) => permission === ALLOWED_PERMISSION && isOurs(origin))
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isOurs(details.url) && !details.url.startsWith('data:') && !details.url.startsWith('devtools:') })
  })
}

function isOurs(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && `${url.protocol}//${url.host}` === appOrigin
}
