import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../api/trpc.ts'
import { text } from './text.ts'

/** How many seats of the plan are taken; nothing where it has no limit, or is not known. */
export function SeatsTaken() {
  const trpc = useTRPC()
  const usage = useQuery(trpc.quota.current.queryOptions())
  const seats = usage.data?.features.find(({ feature }) => feature === 'seats')
  if (!seats || seats.limit === null) return null
  return text.seats(seats.used, seats.limit)
}
