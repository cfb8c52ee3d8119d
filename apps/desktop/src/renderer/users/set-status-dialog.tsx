import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { OperatorUserDetail } from '@tollkeeper/shared'
import { Button, Dialog, Form, FormActions, TextAreaField } from '@tollkeeper/ui'
import { useState } from 'react'
import { useServer } from '../api/server-provider.tsx'
import { FailureNotice } from '../notice/failure-notice.tsx'

/** Suspends the person, or restores them, with the reason that is written down with it. */
export function SetStatusDialog({ user }: { user: OperatorUserDetail }) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const server = useServer()
  const queries = useQueryClient()
  const suspends = user.status === 'active'
  const verb = suspends ? 'Suspend' : 'Restore'
  const change = useMutation(
    server.operator.setUserStatus.mutationOptions({
      onSuccess: async () => {
        setOpen(false)
        setReason('')
        await queries.invalidateQueries()
      },
    }),
  )
  return (
    <>
      <Button variant={suspends ? 'danger' : 'secondary'} size="small" onClick={() => setOpen(true)}>
        {verb}
      </Button>
      <Dialog
        open={open}
        onOpenChange={(next) => {
          setOpen(next)
          change.reset()
        }}
        title={`${verb} ${user.name}`}
        description={
          suspends
            ? 'Every session, token and approval they hold ends within a second. API keys belong to their tenants and go on.'
            : 'They can sign in again. What was ended stays ended.'
        }
      >
        <Form
          notice={change.error && <FailureNotice error={change.error} />}
          onSubmit={() => change.mutate({ id: user.id, status: suspends ? 'suspended' : 'active', reason })}
        >
          <TextAreaField
            label="Reason"
            name="reason"
            help="Kept in the audit trail."
            value={reason}
            minLength={3}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FormActions>
            <Button variant={suspends ? 'danger' : 'primary'} type="submit" busy={change.isPending}>
              {`${verb} ${user.name}`}
            </Button>
            <Button variant="quiet" onClick={() => setOpen(false)}>
              Cancel
            </Button>
          </FormActions>
        </Form>
      </Dialog>
    </>
  )
}
