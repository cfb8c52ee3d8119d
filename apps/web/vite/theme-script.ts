import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Plugin } from 'vite'

const source = '/src/theme/before-first-paint.js'

/**
 * Puts the theme's classic script into the head, as a file of its own: a module would run after the first paint, and the
 * server's content policy allows no inline script. Built, its name carries its hash like every other asset's.
 */
export function themeScript(): Plugin {
  let built = ''
  return {
    name: 'tollkeeper:theme-script',
    configResolved({ root, build }) {
      const code = readFileSync(resolve(root, `.${source}`), 'utf8')
      built = `${build.assetsDir}/theme-${createHash('sha256').update(code).digest('hex').slice(0, 8)}.js`
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: built, source: readFileSync(resolve(this.environment.config.root, `.${source}`)) })
    },
    transformIndexHtml(_html, { bundle }) {
      return [{ tag: 'script', attrs: { src: bundle ? `/${built}` : source }, injectTo: 'head-prepend' }]
    },
  }
}
