import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../api/trpc.ts'

const everyMs = 4_000

/** What is used and left of every feature, renewed every few seconds while the page is looked at. */
export function useUsage() {
  const trpc = useTRPC()
  return useQuery(trpc.quota.current.queryOptions(undefined, { refetchInterval: everyMs }))
}
