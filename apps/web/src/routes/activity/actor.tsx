import { useQuery } from '@tanstack/react-query'
import type { AuditEntryView } from '@tollkeeper/shared'
import { CopyId } from '@tollkeeper/ui'
import { useTRPC } from '../../api/trpc.ts'
import { useSession } from '../../session/session.ts'
import { text } from './text.ts'

/** Who did it: a member by name, a key or a former member by id, or the server itself. */
export function Actor({ actor }: { actor: AuditEntryView['actor'] }) {
  const trpc = useTRPC()
  const { user } = useSession()
  const members = useQuery(trpc.tenant.member.list.queryOptions({ limit: 100 }, { staleTime: 60_000 }))
  if (actor.kind === 'system' || actor.id === null) return text.system
  if (actor.id === user.id) return text.you
  if (actor.kind === 'api_key') return <CopyId id={actor.id} short />
  const member = members.data?.rows.find(({ userId }) => userId === actor.id)
  return member ? member.name : <CopyId id={actor.id} short />
}
