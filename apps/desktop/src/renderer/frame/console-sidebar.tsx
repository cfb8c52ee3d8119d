import { Link, useMatchRoute } from '@tanstack/react-router'
import { Kbd, Sidebar, SidebarLink, SidebarSection } from '@tollkeeper/ui'
import { BookOpen, Building2, Inbox, LayoutGrid, Search, Send, ShieldUser, Users } from 'lucide-react'
import type { ConnectionView } from '../../bridge/state.ts'
import { modKey } from '../keyboard/mod-key.ts'
import { ConnectionSwitcher } from './connection-switcher.tsx'
import { useOverlays } from './overlays.ts'
import { PersonMenu } from './person-menu.tsx'

const places = [
  { to: '/c/$connectionId/users', label: 'Users', icon: <Users /> },
  { to: '/c/$connectionId/tenants', label: 'Tenants', icon: <Building2 /> },
  { to: '/c/$connectionId/catalog', label: 'Catalog', icon: <BookOpen /> },
  { to: '/c/$connectionId/operators', label: 'Operators', icon: <ShieldUser /> },
  { to: '/c/$connectionId/outbox', label: 'Outbox', icon: <Send /> },
  { to: '/c/$connectionId/mailbox', label: 'Development mailbox', icon: <Inbox /> },
] as const

/** The server and its screens. */
export function ConsoleSidebar({ connection }: { connection: ConnectionView }) {
  const matches = useMatchRoute()
  const { openPalette } = useOverlays()
  const params = { connectionId: connection.id }
  return (
    <Sidebar label="Screens" brand={<ConnectionSwitcher connection={connection} />} footer={<PersonMenu connection={connection} />}>
      <button
        type="button"
        onClick={openPalette}
        className="flex min-h-control items-center gap-2.5 rounded-md border border-line bg-surface-raised px-2 text-ink-muted transition-colors hover:border-line-strong hover:text-ink"
      >
        <Search aria-hidden="true" className="size-4" />
        Search
        <span className="ml-auto">
          <Kbd>{modKey('K')}</Kbd>
        </span>
      </button>
      <SidebarSection>
        <SidebarLink icon={<LayoutGrid />} active={Boolean(matches({ to: '/c/$connectionId', params }))}>
          <Link to="/c/$connectionId" params={params}>
            Overview
          </Link>
        </SidebarLink>
        {places.map(({ to, label, icon }) => (
          <SidebarLink key={to} icon={icon} active={Boolean(matches({ to, params, fuzzy: true }))}>
            <Link to={to} params={params}>
              {label}
            </Link>
          </SidebarLink>
        ))}
      </SidebarSection>
    </Sidebar>
  )
}
