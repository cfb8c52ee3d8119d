import type { TRPCClientError, TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import type { AppRouter } from '../router.ts'

/**
 * A call that is refused because the proof of who one is has grown old waits for a new one, and is made again as it was, with the same
 * Idempotency-Key. No screen has to know of it.
 * @param prove asks the person; false: they turned away, and the refusal stands
 * @param codeOf reads a failure's code, where it does not stand in the error's data
 */
export function repeatWhenProved(
  prove: () => Promise<boolean>,
  codeOf: (error: TRPCClientError<AppRouter>) => string | undefined = (error) => error.data?.code,
): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let call = send(true)
        let left = false
        function send(mayAsk: boolean) {
          return next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error: (error) => {
              if (!mayAsk || codeOf(error) !== 'auth.step_up_needed') return observer.error(error)
              void prove().then((proved) => {
                if (left) return
                if (proved) call = send(false)
                else observer.error(error)
              })
            },
          })
        }
        return () => {
          left = true
          call.unsubscribe()
        }
      })
}
