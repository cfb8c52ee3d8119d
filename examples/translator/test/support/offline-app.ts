import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { FailurePolicy } from '@tollkeeper/client'

interface Start {
  url: string
  apiKey: string
  file: string
  policies: Record<string, FailurePolicy>
  /** Whether it starts without a way to the server. */
  isCut?: boolean
}

/** An app in a process of its own, told what to do, and ended as a power cut would. */
export function startOfflineApp(start: Start) {
  const child: ChildProcess = fork(join(import.meta.dirname, 'offline-program.ts'), [JSON.stringify(start)])
  return {
    do: async (call: string, ...input: unknown[]): Promise<unknown> => {
      const answer = once(child, 'message')
      child.send({ call, input })
      return ((await answer)[0] as { answer: unknown }).answer
    },
    kill: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}
