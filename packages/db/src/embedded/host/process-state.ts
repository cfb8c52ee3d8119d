import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** What the operating system says of a pid. A zombie counts as gone: it runs nothing and holds nothing. */
export type ProcessState = {
  running: boolean /** Tells a reused pid from the one meant; empty where unknown. */
  startedAt: string
}

const GONE: ProcessState = { running: false, startedAt: '' }

/** Synchronous, because the last words of a process ('exit' handlers) need it too. */
export function processState(pid: number): ProcessState {
  if (!Number.isSafeInteger(pid) || pid <= 0) return GONE
  if (process.platform === 'linux') return linuxState(pid)
  if (!answersSignals(pid)) return GONE
  return process.platform === 'win32' ? { running: true, startedAt: '' } : unixState(pid)
}

function linuxState(pid: number): ProcessState {
  const stat = readProc(pid, 'stat')
  if (stat === undefined) return GONE
  // The program's name stands in parentheses and may hold spaces: state and start time are counted from the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' || fields[0] === 'X' ? GONE : { running: true, startedAt: fields[19] ?? '' }
}

function unixState(pid: number): ProcessState {
  const answer = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  })
  const [state = '', ...started] = (answer.stdout ?? '').trim().split(/\s+/)
  if (state === '' || state.startsWith('Z')) return GONE
  return { running: true, startedAt: String(Date.parse(started.join(' ')) || '') }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The arguments a process was started with, or undefined where the system does not tell. */
export function commandLine(pid: number): string[] | undefined {
  if (process.platform === 'linux') return readProc(pid, 'cmdline')?.split('\0')
  if (process.platform === 'win32') return undefined
  const answer = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  return answer.status === 0 ? [answer.stdout.trim()] : undefined
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return undefined
    throw error
  }
}
