import { Avatar, Badge, type Column, DateTime, EmptyState } from '@tollkeeper/ui'
import type { Answers } from '../../api/answers.ts'
import { PagedTable } from '../../api/paged-table.tsx'
import { useTRPC, useTRPCClient } from '../../api/trpc.ts'
import { usePages } from '../../api/use-pages.ts'
import { useSession, useTenant } from '../../session/session.ts'
import { Page } from '../../shell/page.tsx'
import { text as shell } from '../../shell/text.ts'
import { text } from './text.ts'

type Member = Answers['tenant']['member']['list']['rows'][number]

/** Who is in the tenant. */
export function Members() {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const { tenant } = useTenant()
  const { user } = useSession()
  const members = usePages(trpc.tenant.member.list.pathKey(), (cursor) => client.tenant.member.list.query({ cursor }))
  const columns: Column<Member>[] = [
    {
      key: 'name',
      header: text.columns.name,
      cell: (member) => (
        <span className="flex items-center gap-3">
          <Avatar name={member.name} size="small" />
          <span className="flex min-w-0 flex-wrap items-center gap-x-2">
            {member.name}
            {member.userId === user.id && <Badge>{text.you}</Badge>}
            <span className="w-full text-ink-muted text-sm sm:hidden">{member.email}</span>
          </span>
        </span>
      ),
    },
    { key: 'email', header: text.columns.email, cell: (member) => member.email, wideOnly: true },
    { key: 'role', header: text.columns.role, cell: (member) => shell.role[member.role] },
    {
      key: 'joined',
      header: text.columns.joined,
      cell: (member) => <DateTime value={member.joinedAt} />,
      numeric: true,
      wideOnly: true,
    },
  ]
  return (
    <Page title={text.title} description={text.description(tenant.name)}>
      <PagedTable
        label={text.title}
        pages={members}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState>{text.empty}</EmptyState>}
      />
    </Page>
  )
}
