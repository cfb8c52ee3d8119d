import { Switch as Primitive } from 'radix-ui'
import { type ChoiceProps, ChoiceRow } from './choice-row.tsx'

/** Something that is on or off and takes effect at once. */
export function Switch({ label, name, help, error, ...control }: ChoiceProps) {
  return (
    <ChoiceRow label={label} name={name} help={help} error={error}>
      {(attributes) => (
        <Primitive.Root
          {...control}
          {...attributes}
          name={name}
          className="h-[18px] w-8 rounded-full border border-line-strong bg-surface-sunken p-px transition-colors disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
        >
          <Primitive.Thumb className="block size-3.5 rounded-full bg-line-strong transition-[translate,background-color] data-[state=checked]:translate-x-3.5 data-[state=checked]:bg-on-accent" />
        </Primitive.Root>
      )}
    </ChoiceRow>
  )
}
