import { Button, Mark } from '@tollkeeper/ui'
import { useState } from 'react'
import { CreateTenantDialog } from '../shell/create-tenant-dialog.tsx'
import { text as shell } from '../shell/text.ts'
import { useSession } from './session.ts'
import { text } from './text.ts'

/** A person without a tenant, such as one who left the last. */
export function NoTenant({ onCreated }: { onCreated: (id: string) => void }) {
  const { signOut } = useSession()
  const [open, setOpen] = useState(false)
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-4 px-gutter">
      <Mark />
      <h1 className="text-2xl">{text.noTenant.title}</h1>
      <p className="text-ink-muted">{text.noTenant.body}</p>
      <div className="flex gap-2">
        <Button variant="primary" onClick={() => setOpen(true)}>
          {shell.createTenant}
        </Button>
        <Button variant="quiet" onClick={() => void signOut()}>
          {shell.signOut}
        </Button>
      </div>
      <CreateTenantDialog open={open} onOpenChange={setOpen} onCreated={onCreated} />
    </main>
  )
}
