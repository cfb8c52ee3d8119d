import { Outlet, useLocation, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ConnectionProvider } from '../api/connection-context.tsx'
import { ServerProvider } from '../api/server-provider.tsx'
import { useConsoleState } from '../bridge/console-state.tsx'
import { SignInScreen } from '../sign-in/sign-in-screen.tsx'
import { StepUpDialog } from '../step-up/step-up-dialog.tsx'
import { ConsoleSidebar } from './console-sidebar.tsx'
import { rememberScreen } from './last-screen.ts'
import { NoScreen } from './no-screen.tsx'

/** A server's screens, once somebody is signed in there; until then, its sign-in. */
export function ConnectionLayout() {
  const { connectionId } = useParams({ from: '/c/$connectionId' })
  const { connections, chosenId } = useConsoleState()
  const { href, pathname } = useLocation()
  const connection = connections.find(({ id }) => id === connectionId)
  const known = connection !== undefined
  useEffect(() => {
    if (known) rememberScreen(connectionId, href)
  }, [known, connectionId, href])
  useEffect(() => {
    if (known && chosenId !== connectionId) void window.tollkeeper.call['connections.choose']({ connectionId })
  }, [known, chosenId, connectionId])
  if (!connection) return <NoScreen />
  const open = connection.session.kind === 'signed-in' || pathname.endsWith('/settings')
  return (
    <ConnectionProvider value={connection}>
      <ServerProvider key={connectionId} connectionId={connectionId}>
        <div className="grid min-h-0 flex-1 grid-cols-[13.5rem_minmax(0,1fr)]">
          <aside className="min-h-0 border-line border-r">
            <ConsoleSidebar connection={connection} />
          </aside>
          <main key={pathname} className="flex min-h-0 flex-col overflow-y-auto outline-none" tabIndex={-1}>
            {open ? <Outlet /> : <SignInScreen connection={connection} />}
          </main>
        </div>
        <StepUpDialog />
      </ServerProvider>
    </ConnectionProvider>
  )
}
