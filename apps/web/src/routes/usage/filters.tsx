import { SelectField, TextField } from '@tollkeeper/ui'
import { periods, type Shown, stepsOf } from './period.ts'
import { text } from './text.ts'

export interface FiltersProps {
  shown: Shown
  features: readonly { feature: string; name: string }[]
  onChange: (change: { [Name in 'feature' | 'days' | 'step' | 'by' | 'property']?: string }) => void
}

/** What of the usage is shown, and how it is cut. */
export function Filters({ shown, features, onChange }: FiltersProps) {
  const steps = stepsOf(shown.days)
  return (
    <search aria-label={text.filters} className="grid grid-cols-2 gap-4 sm:flex sm:flex-wrap [&>*]:min-w-0 sm:[&>*]:w-44">
      <SelectField
        label={text.feature}
        value={shown.feature}
        onValueChange={(feature) => onChange({ feature })}
        options={features.map(({ feature: value, name: label }) => ({ value, label }))}
      />
      <SelectField
        label={text.days}
        value={String(shown.days)}
        onValueChange={(days) => onChange({ days })}
        options={periods.map((days) => ({ value: String(days), label: text.periods[`${days}`] }))}
      />
      <SelectField
        label={text.step}
        value={shown.step}
        onValueChange={(step) => onChange({ step })}
        options={steps.map((step) => ({ value: step, label: text.steps[step] }))}
      />
      <SelectField
        label={text.by}
        value={shown.by}
        onValueChange={(by) => onChange({ by })}
        options={(['feature', 'member', 'key', 'property'] as const).map((by) => ({ value: by, label: text.splits[by] }))}
      />
      {shown.by === 'property' && (
        <TextField
          key={shown.property}
          label={text.property}
          mono
          maxLength={64}
          defaultValue={shown.property ?? ''}
          placeholder="language"
          title={text.propertyHelp}
          onKeyDown={({ key, currentTarget }) => key === 'Enter' && onChange({ property: currentTarget.value.trim() })}
          onBlur={({ currentTarget }) => onChange({ property: currentTarget.value.trim() })}
        />
      )}
    </search>
  )
}
