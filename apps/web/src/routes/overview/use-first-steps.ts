import { useQuery } from '@tanstack/react-query'
import type { KeyView } from '@tollkeeper/shared'
import { useTRPC } from '../../api/trpc.ts'

const everyMs = 4_000

/** How far the tenant is on the way to its first decision. `unknown` until it is read. */
export type FirstStep = 'unknown' | 'issue_key' | 'use_key' | 'done'

/** Reads the step from the keys: none that works, one that nothing used yet, one that was used. */
export function firstStep(keys: readonly Pick<KeyView, 'status' | 'lastUsedAt'>[] | undefined): FirstStep {
  if (keys === undefined) return 'unknown'
  if (keys.some(({ lastUsedAt }) => lastUsedAt !== null)) return 'done'
  return keys.some(({ status }) => status === 'active') ? 'use_key' : 'issue_key'
}

/** The step the tenant is at, watched until the last one is done. */
export function useFirstStep(): FirstStep {
  const trpc = useTRPC()
  const keys = useQuery(
    trpc.apiKey.list.queryOptions(
      { limit: 100 },
      { refetchInterval: ({ state }) => (firstStep(state.data?.rows) === 'done' ? false : everyMs) },
    ),
  )
  return firstStep(keys.data?.rows)
}
