import { Check } from 'lucide-react'
import { Checkbox as Primitive } from 'radix-ui'
import { type ChoiceProps, ChoiceRow } from './choice-row.tsx'

/** Something that is agreed to or picked, and takes effect when the form is sent. */
export function Checkbox({ label, name, help, error, onCheckedChange, ...control }: ChoiceProps) {
  return (
    <ChoiceRow label={label} name={name} help={help} error={error}>
      {(attributes) => (
        <Primitive.Root
          {...control}
          {...attributes}
          name={name}
          onCheckedChange={onCheckedChange && ((checked) => onCheckedChange(checked === true))}
          className="flex size-[18px] items-center justify-center rounded-sm border border-line-strong bg-surface-raised text-on-accent transition-colors hover:border-ink-muted disabled:opacity-50 aria-invalid:border-denied data-[state=checked]:border-accent data-[state=checked]:bg-accent"
        >
          <Primitive.Indicator>
            <Check aria-hidden="true" strokeWidth={3} className="size-3" />
          </Primitive.Indicator>
        </Primitive.Root>
      )}
    </ChoiceRow>
  )
}
