import { processState } from './process-state.ts'

/**
 * Names a process for good, in a form fit for file names: `<pid>-<start time>`. A pid alone is soon given to another
 * program, and in a container the same small numbers come back with every start.
 */
export function processTag(pid: number = process.pid): string {
  return `${pid}-${processState(pid).startedAt || '0'}`
}

/** True while the process that wrote this tag still runs. */
export function isTagAlive(tag: string): boolean {
  const [pid = '', startedAt = ''] = tag.split('-')
  const state = processState(Number(pid))
  return state.running && (startedAt === '0' || state.startedAt === '' || state.startedAt === startedAt)
}
