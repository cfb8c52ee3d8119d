import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type CurrentUsage, type GrantInput, GrantSource } from '@tollkeeper/shared'
import {
  Button,
  Form,
  FormActions,
  type FormErrors,
  formatQuantity,
  SelectField,
  TextAreaField,
  TextField,
  useToast,
} from '@tollkeeper/ui'
import { useState } from 'react'
import type { z } from 'zod'
import { useServerClient } from '../../api/server-provider.tsx'
import { useAttempt } from '../../api/use-attempt.ts'
import { fieldFaults } from '../../form/field-faults.ts'
import { InstantField, instantOf } from '../../form/instant-field.tsx'
import { wholeNumber } from '../../form/whole-number.ts'
import { FormDialog } from '../../frame/form-dialog.tsx'
import { ActFailure } from '../../notice/act-failure.tsx'
import { sourceWords } from './grant-words.ts'
import { type NamedFeature, nameOf } from './use-features.ts'
import { WithIt } from './with-it.tsx'

const fields = ['feature', 'units', 'source', 'priority', 'effectiveAt', 'expiresAt', 'reason']
const about = {
  'catalog.feature_unknown': 'feature',
  'quota.feature_not_metered': 'feature',
  'quota.paid_in_credits': 'feature',
  'quota.not_grantable': 'feature',
}

interface Props {
  tenantId: string
  usage: CurrentUsage
  features: ReadonlyMap<string, NamedFeature>
}

/** Gives a tenant units beside its plan, for a reason and up to an end. */
export function GiveUnitsDialog(props: Props) {
  return (
    <FormDialog
      label="Give units"
      title="Give units"
      description="Beside what the plan allows. What is left of them can be taken back."
    >
      {(close) => <GiveUnitsForm {...props} onDone={close} />}
    </FormDialog>
  )
}

function GiveUnitsForm({ tenantId, usage, features, onDone }: Props & { onDone: () => void }) {
  const client = useServerClient()
  const queries = useQueryClient()
  const tell = useToast()
  const [feature, setFeature] = useState(usage.features.find(isGiven)?.feature ?? '')
  const [units, setUnits] = useState('')
  const [missing, setMissing] = useState<FormErrors>({})
  const attempt = useAttempt()
  const give = useMutation({
    networkMode: 'always',
    mutationFn: (grant: z.input<typeof GrantInput>) => client.quota.grant.grant.mutate(grant, attempt(grant)),
    onSuccess: async (grant) => {
      onDone()
      tell({ title: `Given: ${formatQuantity(grant.units)} of ${nameOf(features, grant.feature)}` })
      await queries.invalidateQueries()
    },
  })
  const { errors, rest } = fieldFaults(give.error, fields, about)
  const submit = (values: FormData) => {
    const amount = wholeNumber(units)
    const reason = String(values.get('reason') ?? '').trim()
    const priority = Number(String(values.get('priority') ?? '').trim() || '0')
    const faults = {
      ...(feature === '' ? { feature: 'Choose what is given.' } : {}),
      ...(amount === null ? { units: 'Enter a whole number, such as 1,000.' } : {}),
      ...(Number.isInteger(priority) ? {} : { priority: 'Enter a whole number, such as -10.' }),
      ...(reason === '' ? { reason: 'Say why, in a few words.' } : {}),
    }
    setMissing(faults)
    if (Object.keys(faults).length > 0 || amount === null || give.isPending) return
    const [effectiveAt, expiresAt] = [instantOf(values, 'effectiveAt'), instantOf(values, 'expiresAt')]
    const source = GrantSource.catch('manual').parse(values.get('source'))
    give.mutate({
      ...{ tenantId, feature, units: amount, source, priority, reason },
      ...(effectiveAt ? { effectiveAt } : {}),
      ...(expiresAt ? { expiresAt } : {}),
    })
  }
  return (
    <Form notice={rest !== null && <ActFailure error={rest} />} errors={{ ...errors, ...missing }} onSubmit={submit}>
      <div className="grid grid-cols-2 items-start gap-stack">
        <SelectField
          label="Feature"
          name="feature"
          value={feature}
          onValueChange={setFeature}
          options={[...features.values()].filter(isGiven).map(({ feature: value, name: label }) => ({ value, label }))}
        />
        <TextField
          label="Units"
          name="units"
          inputMode="numeric"
          value={units}
          onChange={(event) => setUnits(event.currentTarget.value)}
          suffix={features.get(feature)?.unit}
          autoComplete="off"
          autoFocus
        />
        <SelectField
          label="Source"
          name="source"
          defaultValue="manual"
          options={GrantSource.options.map((value) => ({ value, label: sourceWords[value] }))}
        />
        <TextField
          label="Priority"
          name="priority"
          defaultValue="0"
          help="Smaller is used first. The plan stands at 0."
          autoComplete="off"
        />
        <InstantField label="Begins" name="effectiveAt" help="Your local time. Empty: now." />
        <InstantField label="Expires" name="expiresAt" help="Your local time. Empty: never." />
      </div>
      <TextAreaField
        label="Reason"
        name="reason"
        rows={2}
        maxLength={500}
        help="The tenant can read it, and it is kept in the audit trail."
      />
      <WithIt usage={usage.features.find((one) => one.feature === feature)} units={wholeNumber(units)} />
      <FormActions>
        <Button variant="primary" type="submit" busy={give.isPending}>
          Give units
        </Button>
        <Button variant="quiet" onClick={onDone}>
          Cancel
        </Button>
      </FormActions>
    </Form>
  )
}

/** What there is a balance of. Seats are counted as members, so units of them would change nothing. */
function isGiven({ feature, kind }: Pick<NamedFeature, 'feature' | 'kind'>): boolean {
  return feature !== 'seats' && (kind === 'metered' || kind === 'gauge' || kind === 'credit_system')
}
