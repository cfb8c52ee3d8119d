// What each of the project's commands runs, in order. The bootstrap has made Node 24 and every tool available.
import { fileURLToPath } from 'node:url'

const turbo = (...tasks) => ({
  run: 'turbo',
  args: ['run', ...tasks, '--ui=stream', '--output-logs=errors-only', '--log-prefix=task'],
})
const node = (file, args, cwd) => ({ run: 'node', args: [file, ...args], cwd })
/** What the server is started with, here and where it is measured. */
export const serverSettings = {
  // what is short-lived has 32 MB, of its own accord Node takes up to 128 on a machine with much memory; all of it from the beginning, as
  // Node makes room only where much survives, and collects ten times as often until then
  flags: ['--max-semi-space-size=32', '--min-semi-space-size=32'],
  // from the second start on nothing is compiled, and the compiler of TypeScript is not loaded
  environment: { NODE_COMPILE_CACHE: fileURLToPath(new URL('../node_modules/.cache/server', import.meta.url)) },
}
const server = (...args) => ({
  run: 'node',
  args: [...serverSettings.flags, 'src/main.ts', ...args],
  cwd: 'apps/api',
  environment: serverSettings.environment,
})
const buildWeb = {
  ...turbo('build', '--filter=@tollkeeper/web'),
  say: 'Building the web client (skipped when nothing has changed)',
}
const buildConsole = {
  ...turbo('build', '--filter=@tollkeeper/desktop'),
  say: 'Building the console (skipped when nothing has changed)',
}

const lint = [
  { run: 'biome', args: ['ci', '.'], say: 'Lint, format and import zones' },
  { run: 'knip', args: [], say: 'Unused code and dependencies' },
]

export const commands = {
  start: (args) => [buildWeb, server(...args)],
  test: (args) => [{ run: 'turbo', args: ['run', 'typecheck', 'test', '--ui=stream', '--concurrency=2', ...args] }, ...lint],
  check: () => [{ ...turbo('typecheck'), say: 'Types' }, ...lint],
  bench: (args) => [node('src/run.ts', args, 'bench')],
  demo: (args) => [buildWeb, server('--demo', ...args)],
  console: (args) => [buildConsole, node('scripts/launch.mjs', args, 'apps/desktop')],
  'rotate-keys': (args) => [node('src/rotate-keys.ts', args, 'apps/api')],
  screenshots: (args) => [buildWeb, buildConsole, node('screenshots.mjs', args, 'scripts')],
}
