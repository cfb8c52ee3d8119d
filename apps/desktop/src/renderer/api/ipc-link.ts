import type { AppRouter } from '@tollkeeper/client/router'
import { TRPCClientError, type TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { ConsoleFailure } from '../bridge/ask.ts'

/** Calls procedures through the main process, which holds the tokens. The page itself opens no connection. */
export function ipcLink(connectionId: string): TRPCLink<AppRouter> {
  return () =>
    ({ op }) =>
      observable((observer) => {
        let live = true
        const fail = (error: unknown) => {
          if (live) observer.error(TRPCClientError.from(error instanceof Error ? error : new Error(String(error))))
        }
        const { path, type, input } = op
        const attempt = typeof op.context.attempt === 'string' ? { attempt: op.context.attempt } : {}
        if (type === 'subscription') {
          fail(new Error('The console has no subscriptions.'))
          return
        }
        window.tollkeeper.call['server.call']({ connectionId, path, type, input, ...attempt }).then((answer) => {
          if (!live) return
          if (!answer.ok) return fail(new ConsoleFailure(answer.failure))
          observer.next({ result: { data: answer.value.result } })
          observer.complete()
        }, fail)
        return () => {
          live = false
        }
      })
}
