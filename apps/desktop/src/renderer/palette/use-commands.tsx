import { useNavigate } from '@tanstack/react-router'
import {
  BookOpen,
  Building2,
  Inbox,
  Keyboard,
  LayoutGrid,
  Monitor,
  Moon,
  Plus,
  Send,
  Settings2,
  ShieldUser,
  Sun,
  Users,
} from 'lucide-react'
import type { ConnectionView } from '../../bridge/state.ts'
import { useConsoleState } from '../bridge/console-state.tsx'
import { ConnectionDot } from '../frame/connection-dot.tsx'
import { useOverlays } from '../frame/overlays.ts'
import { useOpenConnection } from '../frame/use-open-connection.ts'
import { setTheme } from '../theme/set-theme.ts'
import type { Command } from './command.ts'

/** What can be done from anywhere, given the connection at hand. */
export function useCommands(connection: ConnectionView | undefined): Command[] {
  const navigate = useNavigate()
  const open = useOpenConnection()
  const { connections } = useConsoleState()
  const { openShortcuts } = useOverlays()
  const screens: Command[] = []
  if (connection) {
    const params = { connectionId: connection.id }
    const go = { id: '', group: 'Go to' }
    screens.push(
      {
        ...go,
        id: 'overview',
        label: 'Overview',
        icon: <LayoutGrid />,
        keys: 'G O',
        run: () => void navigate({ to: '/c/$connectionId', params }),
      },
      {
        ...go,
        id: 'users',
        label: 'Users',
        also: 'people',
        icon: <Users />,
        keys: 'G U',
        run: () => void navigate({ to: '/c/$connectionId/users', params }),
      },
      {
        ...go,
        id: 'tenants',
        label: 'Tenants',
        also: 'customers',
        icon: <Building2 />,
        keys: 'G T',
        run: () => void navigate({ to: '/c/$connectionId/tenants', params }),
      },
      {
        ...go,
        id: 'catalog',
        label: 'Catalog',
        also: 'features plans versions prices',
        icon: <BookOpen />,
        keys: 'G C',
        run: () => void navigate({ to: '/c/$connectionId/catalog', params }),
      },
      {
        ...go,
        id: 'operators',
        label: 'Operators',
        also: 'roles permissions admins',
        icon: <ShieldUser />,
        keys: 'G P',
        run: () => void navigate({ to: '/c/$connectionId/operators', params }),
      },
      {
        ...go,
        id: 'outbox',
        label: 'Outbox',
        also: 'mail email bounced suppressed',
        icon: <Send />,
        keys: 'G X',
        run: () => void navigate({ to: '/c/$connectionId/outbox', params, search: {} }),
      },
      {
        ...go,
        id: 'mailbox',
        label: 'Development mailbox',
        also: 'mail email',
        icon: <Inbox />,
        keys: 'G M',
        run: () => void navigate({ to: '/c/$connectionId/mailbox', params }),
      },
      {
        ...go,
        id: 'settings',
        label: 'Settings of this connection',
        also: 'colour name remove',
        icon: <Settings2 />,
        run: () => void navigate({ to: '/c/$connectionId/settings', params }),
      },
    )
  }
  const switches = connections
    .filter(({ id }) => id !== connection?.id)
    .map(
      ({ id, name, url, colour }): Command => ({
        id,
        group: 'Switch to',
        label: name,
        detail: url,
        icon: <ConnectionDot colour={colour} />,
        run: () => open(id),
      }),
    )
  const group = 'Console'
  return [
    ...screens,
    ...switches,
    {
      id: 'connect',
      group,
      label: 'Connect to a server',
      also: 'add new connection',
      icon: <Plus />,
      run: () => void navigate({ to: '/connect' }),
    },
    { id: 'light', group, label: 'Light theme', icon: <Sun />, run: () => setTheme('light') },
    { id: 'dark', group, label: 'Dark theme', icon: <Moon />, run: () => setTheme('dark') },
    { id: 'system', group, label: 'Theme of the system', icon: <Monitor />, run: () => setTheme('system') },
    { id: 'shortcuts', group, label: 'Keyboard shortcuts', also: 'help', icon: <Keyboard />, keys: '?', run: openShortcuts },
  ]
}
