import { QueryCache, QueryClient } from '@tanstack/react-query'
import { isPassing } from './failure.ts'

const tries = 3

/** A cache of what was read. `onError` hears of every read that failed for good. */
export function createQueryClient(onError: (error: unknown) => void = () => undefined): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        retry: (failures, error) => failures < tries && isPassing(error),
        retryDelay: (failures) => 400 * 2 ** failures,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}
