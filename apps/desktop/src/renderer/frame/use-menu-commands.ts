import { useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import type { ConnectionView, MenuCommand } from '../../bridge/state.ts'
import { setTheme } from '../theme/set-theme.ts'
import type { Overlays } from './overlays.ts'

/** Does what the application menu asks. */
export function useMenuCommands(connection: ConnectionView | undefined, overlays: Overlays): void {
  const navigate = useNavigate()
  const { history } = useRouter()
  const go = (screen: '' | '/users' | '/tenants' | '/catalog' | '/operators' | '/outbox' | '/mailbox') => {
    if (connection) void navigate({ to: `/c/$connectionId${screen}`, params: { connectionId: connection.id } })
  }
  const acts: Record<MenuCommand, () => void> = {
    palette: overlays.openPalette,
    shortcuts: overlays.openShortcuts,
    connect: () => void navigate({ to: '/connect' }),
    overview: () => go(''),
    users: () => go('/users'),
    tenants: () => go('/tenants'),
    catalog: () => go('/catalog'),
    operators: () => go('/operators'),
    outbox: () => go('/outbox'),
    mailbox: () => go('/mailbox'),
    back: () => history.back(),
    forward: () => history.forward(),
    'theme-light': () => setTheme('light'),
    'theme-dark': () => setTheme('dark'),
    'theme-system': () => setTheme('system'),
  }
  const act = useEffectEvent((command: MenuCommand) => acts[command]())
  useEffect(() => window.tollkeeper.on('menu.command', act), [])
}
