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
  let done: { resolve(report: LoadReport): void; reject(error: Error): void } | null = null
  child.on('message', (report) => done?.resolve(report as LoadReport))
  child.on('exit', (code) => done?.reject(new Error(`The load generator ended with ${code}.`)))
  return {
    pid: child.pid!,
    run(order) {
      return new Promise((resolve, reject) => {
        done = { resolve, reject }
        child.send(order)
      })
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return
      child.kill()
      await once(child, 'exit')
    },
  }
}
