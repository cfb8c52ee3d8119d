import { useQuery } from '@tanstack/react-query'
import type { MemberWithoutSecondFactor } from '@tollkeeper/shared'
import { Avatar, Badge, type Column, DateTime, EmptyState } from '@tollkeeper/ui'
import { PagedTable } from '../../api/paged-table.tsx'
import { useTRPC, useTRPCClient } from '../../api/trpc.ts'
import { usePages } from '../../api/use-pages.ts'
import { useSession, useTenant } from '../../session/session.ts'
import { Panel } from '../../shell/panel.tsx'
import { text as shell } from '../../shell/text.ts'
import { text } from './text.ts'

const words = text.without

/** Who would be held up, or is. */
export function MembersWithout({ isRequired }: { isRequired: boolean }) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const { user } = useSession()
  const { tenant } = useTenant()
  const counted = useQuery(trpc.tenant.security.membersWithout.queryOptions({ id: tenant.id, limit: 1 }))
  const pages = usePages(trpc.tenant.security.membersWithout.pathKey(), (cursor) =>
    client.tenant.security.membersWithout.query({ id: tenant.id, cursor }),
  )
  const total = counted.data?.total
  return (
    <Panel
      title={words.title}
      note={total ? (isRequired ? words.heldUp : words.notYet) : undefined}
      aside={total ? <span className="text-ink-muted">{words.count(total)}</span> : null}
    >
      <PagedTable
        label={words.table}
        pages={pages}
        columns={columnsFor(user.id)}
        rowKey={({ id }) => id}
        empty={<EmptyState>{words.empty}</EmptyState>}
      />
    </Panel>
  )
}

function columnsFor(reader: string): Column<MemberWithoutSecondFactor>[] {
  return [
    {
      key: 'name',
      header: words.columns.name,
      cell: ({ name, email, userId }) => (
        <span className="flex items-center gap-3">
          <Avatar name={name} size="small" />
          <span className="flex min-w-0 flex-wrap items-center gap-x-2">
            {name}
            {userId === reader && <Badge>{words.you}</Badge>}
            <span className="w-full text-ink-muted text-sm [overflow-wrap:anywhere] sm:hidden">{email}</span>
          </span>
        </span>
      ),
    },
    { key: 'email', header: words.columns.email, cell: ({ email }) => email, wideOnly: true },
    { key: 'role', header: words.columns.role, cell: ({ role }) => shell.role[role] },
    {
      key: 'joined',
      header: words.columns.joined,
      cell: ({ joinedAt }) => <DateTime value={joinedAt} />,
      numeric: true,
      wideOnly: true,
    },
  ]
}
