import { useNavigate } from '@tanstack/react-router'
import { Button, Mark } from '@tollkeeper/ui'
import type { ConnectionLook } from '../../bridge/connection.ts'
import { ask } from '../bridge/ask.ts'
import { useConsoleState } from '../bridge/console-state.tsx'
import { ConnectionForm } from './connection-form.tsx'

/** The first screen there is, and the way to every further server. */
export function ConnectScreen() {
  const { connections } = useConsoleState()
  const navigate = useNavigate()
  const first = connections.length === 0
  const connect = async (look: ConnectionLook, url: string) => {
    const { connectionId } = await ask(window.tollkeeper.call['connections.add']({ ...look, url }))
    await navigate({ to: '/c/$connectionId', params: { connectionId } })
  }
  return (
    <main className="grid min-h-0 flex-1 place-items-center overflow-y-auto p-gutter">
      <div className="flex w-full max-w-sm flex-col gap-6 py-8">
        <header className="flex flex-col gap-3">
          <Mark size="2rem" />
          <h1 className="text-xl">Connect to a server</h1>
          <p className="text-ink-muted text-pretty">
            {first
              ? 'This console is for operators of Tollkeeper servers. Enter the address your server prints when it starts.'
              : 'Every server gets a name and a colour of its own, so that you always see where you are.'}
          </p>
        </header>
        <ConnectionForm
          submitLabel="Connect"
          onSubmit={connect}
          secondary={
            first ? null : (
              <Button variant="quiet" onClick={() => void navigate({ to: '/' })}>
                Cancel
              </Button>
            )
          }
        />
      </div>
    </main>
  )
}
