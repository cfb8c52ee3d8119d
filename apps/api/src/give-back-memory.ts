import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Gives back to the system what starting took and nothing needs any more, some 70 MB: Node itself keeps it until there is a shortage.
 * It stops the process for about a fifth of a second, so it is for the end of a start and nothing else.
 */
export function giveBackMemory(): void {
  setFlagsFromString('--expose-gc')
  // what is compiled stays: thrown away here, it comes back slower by a fifth, and stays so
  setFlagsFromString('--no-flush-bytecode')
  const collect: NodeJS.GCFunction = runInNewContext('gc')
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  setFlagsFromString('--flush-bytecode')
  setFlagsFromString('--no-expose-gc')
}
