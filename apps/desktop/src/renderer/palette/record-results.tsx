import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Avatar } from '@tollkeeper/ui'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { useServer } from '../api/server-provider.tsx'
import type { Command } from './command.ts'

export interface RecordResultsProps {
  connectionId: string
  children: (records: Command[], search: string, setSearch: (search: string) => void) => ReactNode
}

/** People and tenants that fit the search, asked of the server as one types. */
export function RecordResults({ connectionId, children }: RecordResultsProps) {
  const [search, setSearch] = useState('')
  const asked = useDeferredValue(search.trim().slice(0, 200))
  const navigate = useNavigate()
  const server = useServer()
  const options = { enabled: asked.length >= 2, placeholderData: keepPreviousData }
  const users = useQuery(server.operator.users.queryOptions({ search: asked, limit: 5 }, options))
  const tenants = useQuery(server.operator.tenants.queryOptions({ search: asked, limit: 5 }, options))
  const records: Command[] = options.enabled
    ? [
        ...(users.data?.rows ?? []).map(({ id, name, email }) => ({
          id,
          group: 'Users',
          label: name,
          detail: email,
          icon: <Avatar name={name} size="small" />,
          run: () => void navigate({ to: '/c/$connectionId/users/$userId', params: { connectionId, userId: id } }),
        })),
        ...(tenants.data?.rows ?? []).map(({ id, name, ownerEmail, plan }) => ({
          id,
          group: 'Tenants',
          label: name,
          detail: [plan, ownerEmail].filter(Boolean).join(' · '),
          icon: <Avatar name={name} shape="square" size="small" />,
          run: () => void navigate({ to: '/c/$connectionId/tenants/$tenantId', params: { connectionId, tenantId: id } }),
        })),
      ]
    : []
  return children(records, search, setSearch)
}
