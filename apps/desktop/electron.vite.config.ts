import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const from = (path: string) => resolve(import.meta.dirname, path)

/** Everything but electron itself goes into the bundles: what is tested is the very text that ships. */
export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      outDir: 'out/main',
      rollupOptions: { input: from('src/main/index.ts'), output: { format: 'es', entryFileNames: 'index.js' } },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      outDir: 'out/preload',
      // a sandboxed preload cannot be an ES module
      rollupOptions: { input: from('src/preload/index.ts'), output: { format: 'cjs', entryFileNames: 'index.cjs' } },
    },
  },
  renderer: {
    root: from('src/renderer'),
    plugins: [react(), tailwindcss()],
    build: {
      outDir: from('out/renderer'),
      minify: true,
      // it is read from the disk, so its size costs little
      chunkSizeWarningLimit: 2_000,
      // fonts stay files: the policy lets none come out of a data: address
      assetsInlineLimit: 0,
      // its polyfill fetches; the policy of the page forbids every connection
      modulePreload: { polyfill: false },
      rollupOptions: { input: from('src/renderer/index.html') },
    },
  },
})
