import { execFileSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** How the work is divided: what is measured alone on core 0, everything else (load, database) on core 1. */
export interface Cores {
  pinned: boolean
  /** The command line that runs a program on the measured core. */
  onMeasuredCore(command: string, args: string[]): [string, string[]]
}

/** Moves this process, and so its children, to core 1 where the machine has `taskset` and two cores. */
export function divideCores(): Cores {
  if (availableParallelism() < 2 || !hasTaskset()) return { pinned: false, onMeasuredCore: (command, args) => [command, args] }
  execFileSync('taskset', ['-acp', '1', String(process.pid)], { stdio: 'ignore' })
  return { pinned: true, onMeasuredCore: (command, args) => ['taskset', ['-c', '0', command, ...args]] }
}

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false
    throw error
  }
}
