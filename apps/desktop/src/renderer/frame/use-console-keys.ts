import { useNavigate, useRouter } from '@tanstack/react-router'
import type { ConnectionView } from '../../bridge/state.ts'
import { useConsoleState } from '../bridge/console-state.tsx'
import { type KeyMap, useKeys } from '../keyboard/use-keys.ts'
import type { Overlays } from './overlays.ts'
import { useOpenConnection } from './use-open-connection.ts'

/** The shortcuts that work on every screen. */
export function useConsoleKeys(connection: ConnectionView | undefined, overlays: Overlays): void {
  const navigate = useNavigate()
  const open = useOpenConnection()
  const { history } = useRouter()
  const { connections } = useConsoleState()
  const keys: Record<string, () => void> = {
    'mod+k': overlays.openPalette,
    '?': overlays.openShortcuts,
    '[': () => history.back(),
    ']': () => history.forward(),
    j: focusFirstRow,
    k: focusFirstRow,
    '/': focusSearch,
    ...switching(connections, open),
  }
  if (connection) {
    const params = { connectionId: connection.id }
    keys['g o'] = () => void navigate({ to: '/c/$connectionId', params })
    keys['g u'] = () => void navigate({ to: '/c/$connectionId/users', params })
    keys['g t'] = () => void navigate({ to: '/c/$connectionId/tenants', params })
    keys['g c'] = () => void navigate({ to: '/c/$connectionId/catalog', params })
    keys['g p'] = () => void navigate({ to: '/c/$connectionId/operators', params })
    keys['g x'] = () => void navigate({ to: '/c/$connectionId/outbox', params, search: {} })
    keys['g m'] = () => void navigate({ to: '/c/$connectionId/mailbox', params })
  }
  useKeys(keys)
}

/** From there on the table itself moves between its rows. */
function focusFirstRow(): void {
  document.querySelector<HTMLElement>('main [data-row-opener]')?.focus()
}

function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"]')
  field?.focus()
  field?.select()
}

function switching(connections: readonly ConnectionView[], open: (id: string) => void): KeyMap {
  return Object.fromEntries(connections.slice(0, 9).map(({ id }, index) => [`mod+${index + 1}`, () => open(id)]))
}
