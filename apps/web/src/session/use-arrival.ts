import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Me } from '@tollkeeper/shared'
import { readFailure } from '../api/failure.ts'
import { useTRPC } from '../api/trpc.ts'
import { safeNext } from './safe-next.ts'

interface Arrival {
  onSuccess: (me: Me) => Promise<void>
  onError: (error: unknown) => void
}

/** What follows any sign-in: on to where the person was going, or to the second step if the account asks for one. */
export function useArrival(next: string | undefined): Arrival {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const router = useRouter()
  return {
    onSuccess: async (me) => {
      queries.setQueryData(trpc.auth.me.queryKey(), me)
      // their theme is known before the first screen is painted; a failure is theirs to see there, if anywhere
      await queries.prefetchQuery(trpc.auth.account.preferences.queryOptions())
      router.history.push(safeNext(next))
    },
    onError: (error) => {
      if (readFailure(error).code !== 'auth.second_factor_needed') return
      router.history.push(`/sign-in/second-step${next ? `?next=${encodeURIComponent(safeNext(next))}` : ''}`)
    },
  }
}
