import { useNavigate } from '@tanstack/react-router'
import { Button, CopyId, PageHeader, useToast } from '@tollkeeper/ui'
import { useState } from 'react'
import { useConnection } from '../api/connection-context.tsx'
import { forgetServer } from '../api/server-provider.tsx'
import { ask } from '../bridge/ask.ts'
import { useConsoleState } from '../bridge/console-state.tsx'
import { forgetScreen } from '../frame/last-screen.ts'
import { useOpenConnection } from '../frame/use-open-connection.ts'
import { FailureNotice } from '../notice/failure-notice.tsx'
import { ConnectionForm } from './connection-form.tsx'

/** How a connection looks, and the way to forget it. */
export function ConnectionSettings() {
  const connection = useConnection()
  const { connections } = useConsoleState()
  const another = connections.find(({ id }) => id !== connection.id)
  const navigate = useNavigate()
  const open = useOpenConnection()
  const tell = useToast()
  const [error, setError] = useState<unknown>(null)
  const [removing, setRemoving] = useState(false)
  const connectionId = connection.id
  const remove = async () => {
    setRemoving(true)
    try {
      await ask(window.tollkeeper.call['connections.remove']({ connectionId }))
      forgetServer(connectionId)
      forgetScreen(connectionId)
      if (another) open(another.id)
      else await navigate({ to: '/connect' })
      tell({ title: `${connection.name} removed`, detail: 'Connect to its address again whenever you like.' })
    } catch (reason) {
      setError(reason)
      setRemoving(false)
    }
  }
  return (
    <div className="flex max-w-md flex-col gap-stack px-gutter py-stack">
      <PageHeader title="Settings of this connection" description={<CopyId id={connection.url} />} />
      <ConnectionForm
        key={connectionId}
        present={connection}
        submitLabel="Save settings"
        onSubmit={async ({ name, colour, environment }) => {
          await ask(window.tollkeeper.call['connections.change']({ connectionId, name, colour, environment }))
          tell({ title: 'Settings saved' })
        }}
      />
      <section aria-label="Remove" className="flex flex-col gap-2 border-line border-t pt-stack">
        <p className="text-ink-muted">Removing signs you out and forgets the name and colour. Nothing on the server changes.</p>
        {error !== null && <FailureNotice error={error} />}
        <div>
          <Button variant="danger" busy={removing} onClick={() => void remove()}>
            Remove connection
          </Button>
        </div>
      </section>
    </div>
  )
}
