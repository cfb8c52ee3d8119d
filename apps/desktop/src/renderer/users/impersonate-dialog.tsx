import { useMutation } from '@tanstack/react-query'
import type { OperatorUserDetail } from '@tollkeeper/shared'
import { Button, useToast } from '@tollkeeper/ui'
import { useState } from 'react'
import { useConnection } from '../api/connection-context.tsx'
import { ask } from '../bridge/ask.ts'
import { ReasonDialog } from '../frame/reason-dialog.tsx'

/** Opens the person's account in the system browser for fifteen minutes. The way in is a link the window never sees. */
export function ImpersonateDialog({ user }: { user: OperatorUserDetail }) {
  const { id: connectionId } = useConnection()
  const tell = useToast()
  const [open, setOpen] = useState(false)
  const start = useMutation({
    networkMode: 'always',
    mutationFn: (reason: string) => ask(window.tollkeeper.call['server.impersonate']({ connectionId, userId: user.id, reason })),
    onSuccess: () => {
      setOpen(false)
      tell({ title: `The account of ${user.name} is open in your browser`, detail: 'It ends by itself after fifteen minutes.' })
    },
  })
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Act as
      </Button>
      <ReasonDialog
        open={open}
        onOpenChange={(next) => {
          setOpen(next)
          start.reset()
        }}
        title={`Act as ${user.name}`}
        description="Your browser opens their account for fifteen minutes. You see what they see and change nothing. They get a mail now, with your reason in it, and whatever you do is written down under your name as well as theirs."
        help="They read it, and it is kept in the audit trail."
        confirmLabel={`Act as ${user.name}`}
        busy={start.isPending}
        error={start.error}
        onConfirm={(reason) => start.mutate(reason)}
      />
    </>
  )
}
