import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { build } from 'vite'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
}

/** Builds the gallery into a temporary folder and returns that folder. */
export async function buildGallery(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'tollkeeper-gallery-'))
  await build({ configFile: join(import.meta.dirname, '../../gallery/vite.config.ts'), logLevel: 'warn', build: { outDir } })
  return outDir
}

function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://gallery').pathname)
    const file = path === '/' ? '/index.html' : path
    readFile(join(folder, file)).then(
      (body) => response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream').end(body),
      () => response.writeHead(404).end(),
    )
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

/** A built gallery in a browser. */
export interface Gallery {
  /** Opens a page of the gallery, such as `section=shell&theme=dark`; `faults` fills with what the console complains about. */
  open: (query: string, options?: BrowserContextOptions) => Promise<{ page: Page; faults: string[] }>
  close: () => Promise<void>
}

/** Builds, serves and opens the gallery. Close it to leave nothing behind. */
export async function startGallery(executablePath: string): Promise<Gallery> {
  const folder = await buildGallery()
  const server = await serve(folder)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The gallery server has no port.')
  const browser: Browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  return {
    open: async (query, options) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', ...options })
      const page = await context.newPage()
      const faults: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text())
      })
      page.on('pageerror', (error) => faults.push(error.message))
      await page.goto(`http://127.0.0.1:${address.port}/?${query}`)
      await page.evaluate(() => document.fonts.ready)
      return { page, faults }
    },
    close: async () => {
      await browser.close()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
