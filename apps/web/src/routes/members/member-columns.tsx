import type { MemberView, TenantRole } from '@tollkeeper/shared'
import { Avatar, Badge, Button, type Column, DateTime, DropdownMenu, type MenuItem } from '@tollkeeper/ui'
import { Ellipsis } from 'lucide-react'
import { may } from '../../session/may.ts'
import { text as shell } from '../../shell/text.ts'
import { covers } from './offered-roles.ts'
import { text } from './text.ts'

export type MemberAct = 'role' | 'transfer' | 'remove' | 'leave'

interface Reader {
  userId: string
  role: TenantRole
}

/** The columns of the list of members; the last one holds what the reader may do about each. */
export function memberColumns(reader: Reader, onAct: (act: MemberAct, member: MemberView) => void): Column<MemberView>[] {
  return [
    {
      key: 'name',
      header: text.columns.name,
      cell: (member) => (
        <span className="flex items-center gap-3">
          <Avatar name={member.name} size="small" />
          <span className="flex min-w-0 flex-wrap items-center gap-x-2">
            {member.name}
            {member.userId === reader.userId && <Badge>{text.you}</Badge>}
            <span className="w-full text-ink-muted text-sm [overflow-wrap:anywhere] sm:hidden">{member.email}</span>
          </span>
        </span>
      ),
    },
    { key: 'email', header: text.columns.email, cell: ({ email }) => email, wideOnly: true },
    { key: 'role', header: text.columns.role, cell: ({ role }) => shell.role[role] },
    { key: 'joined', header: text.columns.joined, cell: ({ joinedAt }) => <DateTime value={joinedAt} />, wideOnly: true },
    {
      key: 'actions',
      header: text.columns.actions,
      numeric: true,
      cell: (member) => <Acts items={actsOn(member, reader, onAct)} name={member.name} />,
    },
  ]
}

function Acts({ items, name }: { items: MenuItem[]; name: string }) {
  if (items.length === 0) return null
  return (
    <DropdownMenu
      items={items}
      trigger={
        <Button variant="quiet" size="small" icon={<Ellipsis />} aria-label={text.actionsOf(name)} title={text.actionsOf(name)} />
      }
    />
  )
}

function actsOn(member: MemberView, reader: Reader, onAct: (act: MemberAct, member: MemberView) => void): MenuItem[] {
  const item = (act: MemberAct, label: string, danger = false): MenuItem => ({
    label,
    danger,
    separated: danger,
    onSelect: () => onAct(act, member),
  })
  const manages = may(reader.role, 'member:write') && covers(reader.role, member.role)
  if (member.userId === reader.userId)
    return [...(manages ? [item('role', text.role.act)] : []), item('leave', text.leave.act, true)]
  if (!manages) return []
  return [
    item('role', text.role.act),
    ...(may(reader.role, 'tenant:own') ? [item('transfer', text.transfer.act)] : []),
    item('remove', text.remove.act, true),
  ]
}
