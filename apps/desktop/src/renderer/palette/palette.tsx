import { useEffect, useRef } from 'react'
import type { ConnectionView } from '../../bridge/state.ts'
import { ServerProvider } from '../api/server-provider.tsx'
import { PaletteBody } from './palette-body.tsx'
import { RecordResults } from './record-results.tsx'
import { useCommands } from './use-commands.tsx'

export interface PaletteProps {
  open: boolean
  connection: ConnectionView | undefined
  onClose: () => void
}

/** Everything by its name: screens, people, tenants, connections, commands. A native dialog, so the focus stays inside. */
export function Palette({ open, connection, onClose }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const commands = useCommands(connection)
  useEffect(() => {
    const element = dialog.current
    if (open && element && !element.open) element.showModal()
  }, [open])
  if (!open) return null
  const signedIn = connection?.session.kind === 'signed-in'
  return (
    <dialog
      ref={dialog}
      aria-label="Search or run a command"
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
      className="mx-auto mt-[12vh] w-[min(36rem,calc(100vw-2rem))] animate-rise rounded-md bg-surface-raised p-0 text-ink shadow-popover backdrop:bg-scrim"
    >
      {connection && signedIn ? (
        <ServerProvider connectionId={connection.id}>
          <RecordResults connectionId={connection.id}>
            {(records, search, setSearch) => (
              <PaletteBody commands={commands} records={records} search={search} onSearch={setSearch} onClose={onClose} />
            )}
          </RecordResults>
        </ServerProvider>
      ) : (
        <PaletteBody commands={commands} onClose={onClose} />
      )}
    </dialog>
  )
}
