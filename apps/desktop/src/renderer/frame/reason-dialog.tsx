import { Button, Dialog, Form, FormActions, TextAreaField } from '@tollkeeper/ui'
import { type ReactNode, useState } from 'react'
import { ActFailure } from '../notice/act-failure.tsx'

export interface ReasonDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description: ReactNode
  /** The verb and noun of the button. */
  confirmLabel: string
  danger?: boolean
  busy: boolean
  error: unknown
  /** Said below the field, beside that it is kept. */
  help?: string
  onConfirm: (reason: string) => void
}

const shortest = 3

/** Something is done to somebody, with the reason that is written down with it. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { open, onOpenChange, title, description, confirmLabel, danger = false, busy, error, help, onConfirm } = props
  const [missing, setMissing] = useState(false)
  return (
    <Dialog
      open={open}
      title={title}
      description={description}
      onOpenChange={(next) => {
        setMissing(false)
        onOpenChange(next)
      }}
    >
      <Form
        notice={error !== null && error !== undefined && <ActFailure error={error} />}
        errors={missing ? { reason: 'Say why, in a few words.' } : {}}
        onSubmit={(values) => {
          const reason = String(values.get('reason') ?? '').trim()
          setMissing(reason.length < shortest)
          if (reason.length >= shortest && !busy) onConfirm(reason)
        }}
      >
        <TextAreaField label="Reason" name="reason" help={help ?? 'Kept in the audit trail.'} maxLength={500} autoFocus />
        <FormActions>
          <Button variant={danger ? 'danger' : 'primary'} filled={danger} type="submit" busy={busy}>
            {confirmLabel}
          </Button>
          <Button variant="quiet" onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
