import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { LoadOrder, LoadReport } from './load-report.ts'

export interface Generator extends AsyncDisposable {
  pid: number
  run(order: LoadOrder): Promise<LoadReport>
}

/** Starts the load generator, as a process of its own on this process's core. */
export function startGenerator(): Generator {
  const child = fork(join(import.meta.dirname, 'generator.ts'), { stdio: 'inherit' })
  return {
    pid: child.pid!,
    async run(order) {
      const ended = once(child, 'exit').then(([code]) => {
        throw new Error(`The load generator ended with ${code}.`)
      })
      child.send(order)
      const [report] = await Promise.race([once(child, 'message'), ended])
      return report as LoadReport
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return
      child.kill()
      await once(child, 'exit')
    },
  }
}
