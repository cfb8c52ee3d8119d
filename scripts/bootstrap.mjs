// Runs one of the project's commands, after setting up whatever is missing: Node 24, pnpm, dependencies.
// Plain JavaScript without dependencies, in the syntax of Node 20: it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commands } from './commands.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const toolchain = join(root, '.toolchain')
const NODE_VERSION = '24.21.0'
const PNPM_VERSION = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager.split('@')[1]

const [name, ...args] = process.argv.slice(2)
if (!Object.hasOwn(commands, name)) {
  console.error(`Unknown command "${name}". There is: ${Object.keys(commands).join(', ')}.`)
  process.exit(2)
}

installToolchain()
const env = cleanEnvironment()
installDependencies()
await runSteps(commands[name](args))

/** Node and pnpm from the npm registry, into .toolchain: nothing is asked of the machine but Node >= 20 and npm. */
function installToolchain() {
  const hostIsNew = Number(process.versions.node.split('.')[0]) >= 24
  const wanted = [`pnpm@${PNPM_VERSION}`, ...(hostIsNew ? [] : [`node@${NODE_VERSION}`])]
  const stamp = join(toolchain, 'stamp')
  const marks = [...wanted, `${process.platform}-${process.arch}`]
  const installed = readIfThere(stamp).split(' ')
  if (marks.every((mark) => installed.includes(mark))) return
  progress(`Getting ${wanted.join(' and ')} (once, about 300 MB)`)
  mkdirSync(toolchain, { recursive: true })
  writeFileSync(join(toolchain, 'package.json'), '{ "private": true }\n')
  must(
    'npm',
    [
      'install',
      '--prefix',
      toolchain,
      '--no-package-lock',
      '--no-fund',
      '--no-audit',
      '--loglevel=error',
      '--save-exact',
      ...wanted,
    ],
    {
      ...process.env,
    },
  )
  writeFileSync(stamp, marks.join(' '))
}

/** Dependencies are installed again only when a manifest or the lockfile has changed. */
function installDependencies() {
  const stamp = join(root, 'node_modules', '.tollkeeper-stamp')
  const mark = fingerprint()
  if (readIfThere(stamp) === mark) return
  progress('Installing dependencies (about 20 seconds on a first run)')
  must('pnpm', ['install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=warn'], env)
  writeFileSync(stamp, mark)
}

function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`)
  const manifests = ['apps', 'packages', 'examples'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((entry) => join(folder, entry, 'package.json')),
  )
  for (const file of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'bench/package.json', ...manifests.sort()]) {
    hash.update(`${file}\0${readIfThere(join(root, file))}\0`)
  }
  return hash.digest('hex')
}

/** npm hands its own settings to scripts as npm_* variables; pnpm would take them for its own. */
function cleanEnvironment() {
  const kept = Object.entries(process.env).filter(([key]) => !/^npm_/i.test(key))
  const bin = join(toolchain, 'node_modules', '.bin')
  return {
    ...Object.fromEntries(kept),
    PATH: [bin, join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
  }
}

async function runSteps(steps) {
  for (const step of steps) {
    if (step.say) progress(step.say)
    const code = await run(step)
    if (code !== 0) process.exit(code)
  }
}

/**
 * The child leads a process group of its own, and a stop reaches that group exactly once: a terminal's Ctrl-C would
 * otherwise arrive twice (from the terminal and from here), which most tools take for "quit without cleaning up".
 */
function run({ run: command, args, cwd = '.', environment = {} }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: join(root, cwd),
      env: { ...env, ...environment },
      stdio: 'inherit',
      detached: process.platform !== 'win32',
      shell: process.platform === 'win32',
    })
    let stopping = false
    const stop = () => {
      if (stopping) return
      stopping = true
      if (process.platform === 'win32') child.kill('SIGINT')
      else process.kill(-child.pid, 'SIGINT')
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
    const unwatch = whenNpmIsGone(stop)
    child.on('error', (error) => {
      console.error(`Could not run ${command}: ${error.message}`)
      resolve(1)
    })
    child.on('exit', (code, signal) => {
      unwatch()
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeListener(name, stop)
      if (stopping) process.exit(code ?? 0)
      resolve(code ?? (signal ? 1 : 0))
    })
  })
}

/** npm hands a SIGTERM to the shell it started us with, which dies of it and tells nobody: what is left to see is a new parent. */
function whenNpmIsGone(stop) {
  if (!process.env.npm_lifecycle_event) return () => undefined
  const parent = process.ppid
  const timer = setInterval(() => process.ppid !== parent && stop(), 250)
  return () => clearInterval(timer)
}

function must(command, commandArgs, environment) {
  const { status, error } = spawnSync(command, commandArgs, {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status === 0) return
  console.error(
    `\n${command} ${commandArgs[0]} failed${error ? `: ${error.message}` : ''}. Check the network and try again; what is done stays done.`,
  )
  process.exit(status ?? 1)
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

function progress(text) {
  console.error(`\u001b[2m▸ ${text}\u001b[0m`)
}
