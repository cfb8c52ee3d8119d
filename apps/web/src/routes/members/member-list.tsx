import { useQueryClient } from '@tanstack/react-query'
import type { MemberView } from '@tollkeeper/shared'
import { EmptyState } from '@tollkeeper/ui'
import { useState } from 'react'
import { PagedTable } from '../../api/paged-table.tsx'
import { useTRPC, useTRPCClient } from '../../api/trpc.ts'
import { usePages } from '../../api/use-pages.ts'
import { useSession, useTenant } from '../../session/session.ts'
import { ChangeRoleDialog } from './change-role-dialog.tsx'
import { type MemberAct, memberColumns } from './member-columns.tsx'
import { MemberSearch } from './member-search.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { text } from './text.ts'
import { TransferDialog } from './transfer-dialog.tsx'

/** The members, found by a part of their name or address, each with what the reader may do about them. */
export function MemberList() {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queries = useQueryClient()
  const { tenant } = useTenant()
  const { user, refresh } = useSession()
  const [search, setSearch] = useState('')
  const [act, setAct] = useState<{ kind: MemberAct; member: MemberView } | null>(null)
  const pages = usePages([...trpc.tenant.member.pathKey(), search], (cursor) =>
    client.tenant.member.list.query({ cursor, ...(search ? { search } : {}) }),
  )
  const open = (kind: MemberAct) => (act?.kind === kind ? act.member : null)
  const close = () => setAct(null)
  const reload = async () => {
    await queries.invalidateQueries()
    await refresh()
  }
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <MemberSearch onSearch={setSearch} />
      <PagedTable
        label={text.title}
        pages={pages}
        columns={memberColumns({ userId: user.id, role: tenant.role }, (kind, member) => setAct({ kind, member }))}
        rowKey={({ id }) => id}
        empty={<EmptyState>{search ? text.noMatch : text.empty}</EmptyState>}
      />
      <ChangeRoleDialog member={open('role')} onClose={close} onChanged={reload} />
      <TransferDialog member={open('transfer')} onClose={close} onTransferred={reload} />
      <RemoveDialog member={open('remove') ?? open('leave')} leaving={act?.kind === 'leave'} onClose={close} onRemoved={reload} />
    </div>
  )
}
