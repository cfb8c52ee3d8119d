import { Outlet, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useConsoleState } from '../bridge/console-state.tsx'
import { ShortcutSheet } from '../keyboard/shortcut-sheet.tsx'
import { Palette } from '../palette/palette.tsx'
import { ConnectionFrame } from './connection-frame.tsx'
import { OverlayContext } from './overlays.ts'
import { useConsoleKeys } from './use-console-keys.ts'
import { useMenuCommands } from './use-menu-commands.ts'

/** What surrounds every screen: the connection's colour, the command palette, the shortcuts. */
export function RootLayout() {
  const { connectionId } = useParams({ strict: false })
  const { connections, notice } = useConsoleState()
  const connection = connections.find(({ id }) => id === connectionId)
  const [overlay, setOverlay] = useState<'palette' | 'shortcuts' | null>(null)
  const overlays = { openPalette: () => setOverlay('palette'), openShortcuts: () => setOverlay('shortcuts') }
  useConsoleKeys(connection, overlays)
  useMenuCommands(connection, overlays)
  return (
    <OverlayContext value={overlays}>
      <ConnectionFrame connection={connection}>
        {notice && (
          <p role="status" className="border-line border-b bg-warning-soft px-4 py-1.5 text-sm text-warning">
            {notice}
          </p>
        )}
        <Outlet />
      </ConnectionFrame>
      <Palette open={overlay === 'palette'} connection={connection} onClose={() => setOverlay(null)} />
      <ShortcutSheet open={overlay === 'shortcuts'} onClose={() => setOverlay(null)} />
    </OverlayContext>
  )
}
