import { useNavigate } from '@tanstack/react-router'
import { DropdownMenu } from '@tollkeeper/ui'
import { ChevronsUpDown, Plus, Settings2 } from 'lucide-react'
import type { ConnectionView } from '../../bridge/state.ts'
import { useConsoleState } from '../bridge/console-state.tsx'
import { modKey } from '../keyboard/mod-key.ts'
import { environmentNames } from './connection-colour.ts'
import { ConnectionDot } from './connection-dot.tsx'
import { useOpenConnection } from './use-open-connection.ts'

/** Which server this is, and the way to the others. */
export function ConnectionSwitcher({ connection }: { connection: ConnectionView }) {
  const { connections } = useConsoleState()
  const navigate = useNavigate()
  const open = useOpenConnection()
  return (
    <DropdownMenu
      align="start"
      trigger={
        <button
          type="button"
          className="-mx-2 flex w-[calc(100%+1rem)] min-w-0 items-center gap-2.5 rounded-md px-2 py-1 text-left transition-colors hover:bg-surface-sunken"
        >
          <ConnectionDot colour={connection.colour} />
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium">{connection.name}</span>
            <span className="block truncate font-normal text-ink-muted text-xs">{environmentNames[connection.environment]}</span>
            <span className="sr-only">Switch connection</span>
          </span>
          <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-ink-muted" />
        </button>
      }
      items={[
        ...connections.map(({ id, name, colour }, index) => ({
          label: name,
          icon: <ConnectionDot colour={colour} />,
          shortcut: index < 9 ? modKey(String(index + 1)) : undefined,
          onSelect: () => open(id),
        })),
        {
          label: 'Settings of this connection',
          icon: <Settings2 />,
          separated: true,
          onSelect: () => void navigate({ to: '/c/$connectionId/settings', params: { connectionId: connection.id } }),
        },
        { label: 'Connect to a server', icon: <Plus />, onSelect: () => void navigate({ to: '/connect' }) },
      ]}
    />
  )
}
