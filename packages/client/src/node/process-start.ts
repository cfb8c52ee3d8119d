import { readFileSync } from 'node:fs'

/**
 * When a process began, as Linux counts it since the boot: a number that is used again belongs to another process, and so does
 * one of an earlier boot. Null where it cannot be told.
 */
export function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    // the name, in parentheses, may hold spaces; the start is the 20th field behind it
    return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return null
  }
}
