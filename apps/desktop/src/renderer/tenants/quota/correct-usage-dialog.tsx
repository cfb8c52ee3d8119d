import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, FormActions, type FormErrors, formatQuantity, TextAreaField, TextField, useToast } from '@tollkeeper/ui'
import { useState } from 'react'
import { useServer } from '../../api/server-provider.tsx'
import { fieldFaults } from '../../form/field-faults.ts'
import { wholeNumber } from '../../form/whole-number.ts'
import { FormDialog } from '../../frame/form-dialog.tsx'
import { ActFailure } from '../../notice/act-failure.tsx'

const fields = ['eventId', 'amount', 'reason']
const about = { 'quota.event_not_found': 'eventId', 'quota.not_correctable': 'eventId' }

/** Says what a usage event should have said. The event stays as it was reported; what comes back can be used again. */
export function CorrectUsageDialog({ tenantId }: { tenantId: string }) {
  return (
    <FormDialog
      label="Correct usage"
      title="Correct usage"
      description="Of one event, in the window in which it happened. The event itself stays as it was reported; entries that name it stand beside it."
    >
      {(close) => <CorrectUsageForm tenantId={tenantId} onDone={close} />}
    </FormDialog>
  )
}

function CorrectUsageForm({ tenantId, onDone }: { tenantId: string; onDone: () => void }) {
  const server = useServer()
  const queries = useQueryClient()
  const tell = useToast()
  const [missing, setMissing] = useState<FormErrors>({})
  const correct = useMutation(
    server.quota.grant.correctUsage.mutationOptions({
      onSuccess: async ({ before, amount, feature }) => {
        onDone()
        tell({ title: `Corrected from ${formatQuantity(before)} to ${formatQuantity(amount)}`, detail: feature })
        await queries.invalidateQueries()
      },
    }),
  )
  const { errors, rest } = fieldFaults(correct.error, fields, about)
  return (
    <Form
      notice={rest !== null && <ActFailure error={rest} />}
      errors={{ ...errors, ...missing }}
      onSubmit={(values) => {
        const [eventId, reason] = [String(values.get('eventId') ?? '').trim(), String(values.get('reason') ?? '').trim()]
        const amount = wholeNumber(String(values.get('amount') ?? ''))
        const faults = {
          ...(eventId === '' ? { eventId: 'Enter the id of the event.' } : {}),
          ...(amount === null ? { amount: 'Enter a whole number; 0 takes all of it back.' } : {}),
          ...(reason === '' ? { reason: 'Say why, in a few words.' } : {}),
        }
        setMissing(faults)
        if (Object.keys(faults).length > 0 || amount === null || correct.isPending) return
        correct.mutate({ tenantId, eventId, amount, reason })
      }}
    >
      <TextField label="Event" name="eventId" mono autoComplete="off" spellCheck={false} autoFocus help="The id the app gave it." />
      <TextField
        label="It should have said"
        name="amount"
        inputMode="numeric"
        autoComplete="off"
        help="In the feature's unit; 0 takes all of it back."
      />
      <TextAreaField label="Reason" name="reason" rows={2} maxLength={500} help="Kept in the audit trail." />
      <FormActions>
        <Button variant="primary" type="submit" busy={correct.isPending}>
          Correct it
        </Button>
        <Button variant="quiet" onClick={onDone}>
          Cancel
        </Button>
      </FormActions>
    </Form>
  )
}
