import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { themeScript } from './vite/theme-script.ts'

/** Where `vite` finds a running server while developing; its own origin is what the server's cookies are bound to. */
const server = process.env.TOLLKEEPER_URL ?? 'http://127.0.0.1:4000'
const toServer = { target: server, changeOrigin: true, headers: { origin: server } }

export default defineConfig({
  plugins: [react(), tailwindcss(), themeScript()],
  build: { modulePreload: { polyfill: false } },
  server: {
    host: '127.0.0.1',
    port: 4800,
    strictPort: true,
    proxy: { '/trpc': toServer, '/api': toServer, '/dev': toServer, '/_stripe': toServer },
  },
  preview: { host: '127.0.0.1' },
})
