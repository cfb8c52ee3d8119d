import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)

/** Every file that is loaded when this one is, as Node itself resolves them. */
async function loadedBy(entry: string): Promise<string[]> {
  const script = `
    import { registerHooks } from 'node:module'
    const loaded = []
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context) } })
    await import(${JSON.stringify(entry)})
    console.log(JSON.stringify(loaded))`
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: import.meta.dirname })
  return JSON.parse(stdout)
}

const packageRoot = new URL('../', import.meta.url).href

test('the client loads its own files and nothing else', async () => {
  const loaded = await loadedBy('@tollkeeper/client')
  expect(loaded).toContain(`${packageRoot}src/http/call.ts`)
  expect(loaded.filter((url) => !url.startsWith(`${packageRoot}src/`))).toEqual([])
})

test('what keeps a queue in a file loads Node and the client, and only where it is asked for', async () => {
  const loaded = await loadedBy('@tollkeeper/client/node')
  expect(loaded).toContain('node:fs/promises')
  expect(loaded.filter((url) => !url.startsWith('node:') && !url.startsWith(`${packageRoot}src/`))).toEqual([])
})

test('the client of the procedures loads tRPC and nothing of the server', async () => {
  const loaded = await loadedBy('@tollkeeper/client/trpc')
  const foreign = loaded.filter((url) => !url.startsWith(packageRoot))
  expect(foreign.length).toBeGreaterThan(0)
  expect(foreign.filter((url) => !/\/node_modules\/@trpc\/(client|server)\//.test(url))).toEqual([])
  expect(foreign.filter((url) => /adapters/.test(url))).toEqual([])
})

test('the type of the router cannot be imported as code', () => {
  expect(() => createRequire(import.meta.url).resolve('@tollkeeper/client/router')).toThrow()
})
