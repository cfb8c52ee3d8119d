// What each of the project's commands runs, in order. The bootstrap has made Node 24 and every tool available.
const turbo = (...tasks) => ({
  run: 'turbo',
  args: ['run', ...tasks, '--ui=stream', '--output-logs=errors-only', '--log-prefix=task'],
})
const node = (file, args, cwd) => ({ run: 'node', args: [file, ...args], cwd })
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
  start: (args) => [buildWeb, node('src/main.ts', args, 'apps/api')],
  test: (args) => [{ run: 'turbo', args: ['run', 'typecheck', 'test', '--ui=stream', '--concurrency=2', ...args] }, ...lint],
  check: () => [{ ...turbo('typecheck'), say: 'Types' }, ...lint],
  bench: (args) => [node('src/run.ts', args, 'bench')],
  demo: (args) => [buildWeb, node('src/main.ts', ['--demo', ...args], 'apps/api')],
  console: (args) => [buildConsole, node('scripts/launch.mjs', args, 'apps/desktop')],
  'rotate-keys': (args) => [node('src/rotate-keys.ts', args, 'apps/api')],
  screenshots: (args) => [buildWeb, buildConsole, node('screenshots.mjs', args, 'scripts')],
}
