import { Avatar, DropdownMenu, Kbd, useToast } from '@tollkeeper/ui'
import { Keyboard, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import type { ConnectionView } from '../../bridge/state.ts'
import { forgetServer } from '../api/server-provider.tsx'
import { ask } from '../bridge/ask.ts'
import { setTheme } from '../theme/set-theme.ts'
import { useOverlays } from './overlays.ts'

/** Who is signed in here, the theme, the shortcuts, the way out. */
export function PersonMenu({ connection }: { connection: ConnectionView }) {
  const { openShortcuts } = useOverlays()
  const tell = useToast()
  const user = connection.session.kind === 'signed-in' ? connection.session.user : null
  const signOut = async () => {
    const { serverTold } = await ask(window.tollkeeper.call['session.end']({ connectionId: connection.id }))
    forgetServer(connection.id)
    if (serverTold) tell({ title: `Signed out of ${connection.name}` })
    else
      tell({
        title: `Signed out of ${connection.name} on this machine`,
        detail: 'The server did not answer; the session there ends by itself.',
      })
  }
  return (
    <DropdownMenu
      align="start"
      heading={user ? user.email : connection.url}
      trigger={
        <button
          type="button"
          className="flex min-w-0 items-center gap-2 rounded-md px-2 py-1 text-left transition-colors hover:bg-surface-sunken"
        >
          {user ? <Avatar name={user.name} size="small" /> : <Keyboard aria-hidden="true" className="size-4 text-ink-muted" />}
          <span className="min-w-0 flex-1 truncate">{user ? user.name : 'Not signed in'}</span>
          <span className="sr-only">Account and theme</span>
          <span aria-hidden="true">
            <Kbd>?</Kbd>
          </span>
        </button>
      }
      items={[
        { label: 'Light theme', icon: <Sun />, onSelect: () => setTheme('light') },
        { label: 'Dark theme', icon: <Moon />, onSelect: () => setTheme('dark') },
        { label: 'Theme of the system', icon: <Monitor />, onSelect: () => setTheme('system') },
        { label: 'Keyboard shortcuts', icon: <Keyboard />, shortcut: '?', separated: true, onSelect: openShortcuts },
        ...(user ? [{ label: 'Sign out', icon: <LogOut />, separated: true, onSelect: () => void signOut() }] : []),
      ]}
    />
  )
}
