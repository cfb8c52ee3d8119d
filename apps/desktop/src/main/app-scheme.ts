import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol, type Session } from 'electron'
import { pagePolicy } from './page-policy.ts'

const SCHEME = 'tollkeeper-console'
/** The one origin whose pages are the console. */
export const appOrigin = `${SCHEME}://app`

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
}

/** Before the app is ready: pages of the scheme have an origin and a secure context, and no rights beyond that. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }])
}

/** Serves the built renderer, and nothing outside its folder, with its policy on every answer. */
export function serveApp(session: Session, folder: string): void {
  session.protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url)
    if (request.method !== 'GET' || `${url.protocol}//${url.host}` !== appOrigin) return refuse(403)
    const path = fileOf(folder, url.pathname)
    const type = path && types[extname(path)]
    if (!path || !type) return refuse(404)
    try {
      return new Response(await readFile(path), { headers: { ...pageHeaders, 'content-type': type } })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return refuse(404)
      throw error
    }
  })
}

const pageHeaders = {
  'content-security-policy': pagePolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

function fileOf(folder: string, pathname: string): string | null {
  try {
    const path = normalize(join(folder, decodeURIComponent(pathname)))
    return path.startsWith(folder + sep) && !path.includes('\0') ? path : null
  } catch {
    return null
  }
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: pageHeaders })
}
