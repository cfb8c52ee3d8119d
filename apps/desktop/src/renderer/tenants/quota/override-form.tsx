import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { CurrentUsage, OverrideView } from '@tollkeeper/shared'
import { Button, Checkbox, Form, FormActions, type FormErrors, SelectField, TextAreaField, TextField } from '@tollkeeper/ui'
import { useState } from 'react'
import { useServer } from '../../api/server-provider.tsx'
import { fieldFaults } from '../../form/field-faults.ts'
import { InstantField, instantOf } from '../../form/instant-field.tsx'
import { wholeNumber } from '../../form/whole-number.ts'
import { ActFailure } from '../../notice/act-failure.tsx'
import { InPlaceOf } from './in-place-of.tsx'
import type { NamedFeature } from './use-features.ts'

const fields = ['feature', 'limit', 'endsAt', 'reason']
const about = { 'catalog.feature_unknown': 'feature' }

interface Props {
  tenantId: string
  usage: CurrentUsage
  features: ReadonlyMap<string, NamedFeature>
  present?: OverrideView
  onDone: () => void
}

/** The limit of one feature, or that it has none. Of a feature that is had or not: whether it is had. */
export function OverrideForm({ tenantId, usage, features, present, onDone }: Props) {
  const server = useServer()
  const queries = useQueryClient()
  const [feature, setFeature] = useState(present?.feature ?? usage.features[0]?.feature ?? '')
  const [typed, setTyped] = useState(present?.limit?.toString() ?? '')
  const [unlimited, setUnlimited] = useState(present?.limit === null)
  const [missing, setMissing] = useState<FormErrors>({})
  const set = useMutation(
    server.quota.grant.overrideLimit.mutationOptions({
      onSuccess: async () => {
        onDone()
        await queries.invalidateQueries()
      },
    }),
  )
  const { errors, rest } = fieldFaults(set.error, fields, about)
  const chosen = features.get(feature)
  const isHadOrNot = chosen?.kind === 'boolean'
  const limit = unlimited && !isHadOrNot ? null : (wholeNumber(typed) ?? undefined)
  const submit = (values: FormData) => {
    const reason = String(values.get('reason') ?? '').trim()
    const faults = {
      ...(feature === '' ? { feature: 'Choose the feature.' } : {}),
      ...(limit === undefined ? { limit: isHadOrNot ? 'Choose one.' : 'Enter a whole number, such as 1,000.' } : {}),
      ...(reason === '' ? { reason: 'Say why, in a few words.' } : {}),
    }
    setMissing(faults)
    if (Object.keys(faults).length > 0 || limit === undefined || set.isPending) return
    const endsAt = instantOf(values, 'endsAt')
    set.mutate({ tenantId, feature, limit, reason, ...(endsAt ? { endsAt } : {}) })
  }
  return (
    <Form notice={rest !== null && <ActFailure error={rest} />} errors={{ ...errors, ...missing }} onSubmit={submit}>
      {!present && (
        <SelectField
          label="Feature"
          name="feature"
          value={feature}
          onValueChange={setFeature}
          options={[...features.values()].map(({ feature: value, name: label }) => ({ value, label }))}
        />
      )}
      {isHadOrNot ? (
        <SelectField
          label="It is"
          name="limit"
          value={typed}
          onValueChange={setTyped}
          options={[
            { value: '1', label: 'Included' },
            { value: '0', label: 'Not included' },
          ]}
        />
      ) : (
        <div className="flex flex-col gap-2">
          <TextField
            label="Limit"
            name="limit"
            inputMode="numeric"
            value={unlimited ? '' : typed}
            disabled={unlimited}
            onChange={(event) => setTyped(event.currentTarget.value)}
            suffix={chosen?.unit}
            autoComplete="off"
          />
          <Checkbox label="No limit" checked={unlimited} onCheckedChange={setUnlimited} />
        </div>
      )}
      <InstantField label="Ends" name="endsAt" help="Your local time. Empty: it holds until it is ended by hand." />
      <TextAreaField
        label="Reason"
        name="reason"
        rows={2}
        maxLength={500}
        {...(present ? { defaultValue: present.reason } : {})}
        help="Operators read it here, and it is kept in the audit trail."
      />
      {!isHadOrNot && <InPlaceOf usage={usage.features.find((one) => one.feature === feature)} limit={limit} />}
      <FormActions>
        <Button variant="primary" type="submit" busy={set.isPending}>
          Set the limit
        </Button>
        <Button variant="quiet" onClick={onDone}>
          Cancel
        </Button>
      </FormActions>
    </Form>
  )
}
