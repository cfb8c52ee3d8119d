import { execFile, execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allowed } from './support/samples.ts'
import { answers, startScriptedServer } from './support/scripted-server.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..')
const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
const tsc = join(root, 'node_modules/.bin/tsc')

/** An app of somebody else: the built package in its node_modules, and nothing else of ours. */
let app: string
beforeAll(async () => {
  app = await mkdtemp(join(tmpdir(), 'tollkeeper-client-'))
  const installed = join(app, 'node_modules/@tollkeeper/client')
  await mkdir(installed, { recursive: true })
  await run(tsc, ['-p', join(root, 'tsconfig.build.json'), '--outDir', join(installed, 'dist')])
  const { publishConfig, devDependencies: _, ...published } = manifest
  await writeFile(join(installed, 'package.json'), JSON.stringify({ ...published, ...publishConfig }))
  await writeFile(join(app, 'package.json'), '{ "type": "module" }')
})
afterAll(() => rm(app, { recursive: true, force: true }))

/** Every version of Node on this machine that the package is for; the one that runs the tests is among them. */
function nodes(): [version: string, path: string][] {
  const found = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'node'))
  const versions = [process.execPath, ...found.filter(existsSync)].map((path): [string, string] => [
    execFileSync(path, ['--print', 'process.versions.node'], { encoding: 'utf8' }).trim(),
    path,
  ])
  return [...new Map(versions.filter(([version]) => Number.parseInt(version, 10) >= 20))]
}

test.each(nodes())('the built package makes a decision under Node %s', async (_, node) => {
  await using server = await startScriptedServer(answers(allowed))
  await writeFile(
    join(app, 'ask.js'),
    `import { createTollkeeper } from '@tollkeeper/client'
const tollkeeper = createTollkeeper({ url: process.argv[2], apiKey: 'tk_one' })
const decision = await tollkeeper.authorize({ feature: 'characters', amount: 800 })
console.log(JSON.stringify(decision))`,
  )
  const { stdout } = await run(node, [join(app, 'ask.js'), server.url])
  expect(JSON.parse(stdout)).toEqual(allowed)
})

test('the built package needs no other package', async () => {
  expect(manifest.dependencies).toBeUndefined()
  const dist = join(app, 'node_modules/@tollkeeper/client/dist')
  const files = (await readdir(dist, { recursive: true })).filter((file) => /\.(js|d\.ts)$/.test(file))
  expect(files).toContain('index.js')
  expect(files).toContain('index.d.ts')
  expect(files).toContain('node/index.js')
  const foreign: string[] = []
  for (const file of files) {
    const source = await readFile(join(dist, file), 'utf8')
    for (const [, specifier] of source.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)) {
      const isOfNode = file.startsWith('node/') && specifier?.startsWith('node:')
      if (!specifier?.startsWith('.') && !isOfNode) foreign.push(`${file}: ${specifier}`)
    }
  }
  expect(foreign).toEqual([])
})

test('an app of another workspace gets the types', async () => {
  await writeFile(
    join(app, 'typed.ts'),
    `import { createTollkeeper, type Remedy, TollkeeperError } from '@tollkeeper/client'
const tollkeeper = createTollkeeper({ url: 'http://localhost:4000', apiKey: undefined })
const { allowed, remedies } = await tollkeeper.authorize({ feature: 'characters', amount: 800 })
export const answer: boolean = allowed
export const plans = remedies.flatMap((remedy: Remedy) => (remedy.kind === 'upgrade' ? [remedy.plan.toUpperCase()] : []))
export const codeOf = (error: unknown) => (error instanceof TollkeeperError ? error.code.length : 0)
// @ts-expect-error: an amount is a number
void tollkeeper.authorize({ feature: 'characters', amount: '800' })
// @ts-expect-error: there is no such remedy
export const wrong: Remedy = { kind: 'sing' }
`,
  )
  const flags = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,dom']
  const { stdout } = await run(tsc, [...flags, '--types', '', 'typed.ts'], { cwd: app }).catch((failed) => failed)
  expect(stdout).toBe('')
})
