import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { EmbeddedPostgresOptions } from '../../../src/embedded/index.ts'

export type ProgramAnswer = { url: string; port: number; pid: number; adopted: boolean; error?: string }
export type Program = {
  child: ChildProcess
  /** What the program got, once it has it. */
  answer: Promise<ProgramAnswer>
  /** Gives an order and waits for the end. */
  order(word: 'stop' | 'exit'): Promise<void>
  /** kill -9. */
  kill(): Promise<void>
}

type ProgramOptions = Omit<EmbeddedPostgresOptions, 'log'> & { umask?: number }

/** Runs another program on an embedded server, as another account if asked. */
export function runProgram(options: ProgramOptions, spawnOptions: SpawnOptions & { script?: string } = {}): Program {
  const { script = join(import.meta.dirname, 'hold-server.ts'), ...rest } = spawnOptions
  const child = spawn(process.execPath, [script, JSON.stringify({ durable: false, ...options })], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...rest,
  })
  const ended = once(child, 'exit')
  return {
    child,
    answer: firstAnswer(child),
    async order(word) {
      child.stdin?.write(`${word}\n`)
      await ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

function firstAnswer(child: ChildProcess): Promise<ProgramAnswer> {
  return new Promise((resolve, reject) => {
    createInterface(child.stdout!).once('line', (line) => resolve(JSON.parse(line)))
    child.once('exit', (code, signal) => reject(new Error(`the program ended (${signal ?? code}) without an answer`)))
    // A killed program's answer is awaited by nobody.
  }).catch((error: unknown) => ({ error: String(error) })) as Promise<ProgramAnswer>
}
