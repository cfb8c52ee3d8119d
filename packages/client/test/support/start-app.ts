import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A program of somebody else that uses the client, in a process of its own. */
export interface AppProcess extends AsyncDisposable {
  /** Sends one command, and answers what the program made of it. */
  do(command: { call: string; with?: unknown }): Promise<Record<string, unknown>>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
}

/** Starts `queue-app.ts` on a queue file. What it is told and answers is a line of JSON each. */
export async function startApp(url: string, apiKey: string, file: string): Promise<AppProcess> {
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, 'queue-app.ts'), url, apiKey, file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const waiting: ((answer: Record<string, unknown>) => void)[] = []
  createInterface(child.stdout!).on('line', (line) => waiting.shift()?.(JSON.parse(line)))
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return {
    do: (command) =>
      new Promise((resolve) => {
        waiting.push(resolve)
        child.stdin!.write(`${JSON.stringify(command)}\n`)
      }),
    kill,
    [Symbol.asyncDispose]: kill,
  }
}
