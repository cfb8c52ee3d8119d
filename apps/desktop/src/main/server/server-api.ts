import type { AppRouter } from '@tollkeeper/client/router'
import type { ErrorData } from '@tollkeeper/shared'
import { createTRPCClient, httpLink, type TRPCClient, TRPCClientError } from '@trpc/client'
import { ConsoleError, failed } from '../console-error.ts'
import { serverFetch } from './server-fetch.ts'

export type ServerApi = TRPCClient<AppRouter>

/** The server's procedures, as a caller with this access token, or as nobody. */
export function serverApi(url: string, accessToken: string | null): ServerApi {
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/trpc`,
        fetch: (address, init) => serverFetch(String(address), init as RequestInit),
        headers: ({ op }) => ({
          ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}),
          ...(typeof op.context.attempt === 'string' ? { 'idempotency-key': op.context.attempt } : {}),
        }),
      }),
    ],
  })
}

/** What a call threw, as the failure the window can show. Anything that is not the server's error shape came from something else. */
export function fromServer(error: unknown): ConsoleError {
  if (error instanceof ConsoleError) return error
  if (!(error instanceof TRPCClientError)) return failed('console.internal', undefined, error)
  if (error.cause instanceof ConsoleError) return error.cause
  const data = error.data as Partial<ErrorData> | undefined
  if (typeof data?.code !== 'string') return failed('console.not_tollkeeper', undefined, error)
  return new ConsoleError(
    {
      code: data.code,
      title: error.message,
      next: data.next ?? '',
      requestId: typeof data.requestId === 'string' && data.requestId !== '' ? data.requestId : null,
      ...(data.faults ? { faults: data.faults.map(({ path, message }) => ({ path, message })) } : {}),
    },
    error,
  )
}
