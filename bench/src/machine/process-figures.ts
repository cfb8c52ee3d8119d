import { readFileSync } from 'node:fs'

/** The kernel counts CPU time in hundredths of a second (USER_HZ). */
const TICK_SECONDS = 0.01

/** Seconds of CPU a process has used, user and system; null where there is no /proc. */
export function cpuSeconds(pid: number): number | null {
  const stat = readProc(pid, 'stat')
  if (stat === null) return null
  // the name, in parentheses, may hold spaces
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_SECONDS
}

/** Resident memory in MiB; null where there is no /proc. */
export function residentMiB(pid: number): number | null {
  const match = /^VmRSS:\s+(\d+) kB/m.exec(readProc(pid, 'status') ?? '')
  return match ? Number(match[1]) / 1024 : null
}

function readProc(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
