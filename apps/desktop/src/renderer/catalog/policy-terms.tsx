import type { FailurePolicy } from '@tollkeeper/shared'
import { SelectField, TextField } from '@tollkeeper/ui'
import { wholeNumber } from '../form/whole-number.ts'
import { secondsIn, spanOf } from './feature-words.ts'

/** How much passes, and in which time, as typed. */
export interface Terms {
  amount: string
  count: string
  unit: string
}

export function startingTerms(policy: FailurePolicy): Terms {
  if (policy.kind === 'closed') return { amount: '', count: '1', unit: 'hour' }
  const { count, unit } = spanOf(policy.kind === 'open' ? policy.perSeconds : policy.expiresIn)
  return { amount: String(policy.kind === 'open' ? policy.cap : policy.units), count: String(count), unit }
}

/** The policy that is meant; undefined until what it takes was entered. */
export function toPolicy(kind: FailurePolicy['kind'], { amount, count, unit }: Terms): FailurePolicy | undefined {
  if (kind === 'closed') return { kind }
  const [units, times] = [wholeNumber(amount), wholeNumber(count)]
  if (units === null || times === null) return undefined
  const seconds = secondsIn(times, unit)
  return kind === 'open' ? { kind, cap: units, perSeconds: seconds } : { kind, units, expiresIn: seconds }
}

const paths = {
  open: { amount: 'failurePolicy.cap', count: 'failurePolicy.perSeconds' },
  lease: { amount: 'failurePolicy.units', count: 'failurePolicy.expiresIn' },
} as const

export function termsFaults(kind: FailurePolicy['kind'], { amount, count }: Terms): Record<string, string> {
  if (kind === 'closed') return {}
  const fault = 'Enter a whole number, such as 500.'
  return {
    ...(wholeNumber(amount) === null ? { [paths[kind].amount]: fault } : {}),
    ...(wholeNumber(count) === null ? { [paths[kind].count]: fault } : {}),
  }
}

interface Props {
  kind: FailurePolicy['kind']
  terms: Terms
  unit: string
  onChange: (terms: Terms) => void
}

/** The amount and the time of a policy that lets something pass. */
export function TermsFields({ kind, terms, unit, onChange }: Props) {
  if (kind === 'closed') return null
  const opens = kind === 'open'
  return (
    <div className="grid grid-cols-[2fr_1fr_1fr] items-start gap-2">
      <TextField
        label={opens ? 'At most' : 'Taken at a time'}
        name={paths[kind].amount}
        inputMode="numeric"
        autoComplete="off"
        value={terms.amount}
        suffix={unit}
        onChange={(event) => onChange({ ...terms, amount: event.currentTarget.value })}
      />
      <TextField
        label={opens ? 'In any' : 'Good for'}
        name={paths[kind].count}
        inputMode="numeric"
        autoComplete="off"
        value={terms.count}
        onChange={(event) => onChange({ ...terms, count: event.currentTarget.value })}
      />
      <SelectField
        label="Unit of time"
        name="unit"
        value={terms.unit}
        onValueChange={(next) => onChange({ ...terms, unit: next })}
        options={['second', 'minute', 'hour', 'day'].map((value) => ({ value, label: `${value}s` }))}
      />
    </div>
  )
}
