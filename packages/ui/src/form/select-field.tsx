import { Check, ChevronDown } from 'lucide-react'
import { Select } from 'radix-ui'
import { classNames } from '../class-names.ts'
import { controlBox } from './control-look.ts'
import { Field, type FieldProps, splitFieldProps } from './field.tsx'

export interface SelectOption {
  /** Never empty: an empty choice is the placeholder. */
  value: string
  label: string
  /** One line on what the choice means. */
  help?: string
  disabled?: boolean
}

export interface SelectFieldProps extends FieldProps {
  options: readonly SelectOption[]
  value?: string
  defaultValue?: string
  onValueChange?: (value: string) => void
  placeholder?: string
  disabled?: boolean
}

/** One of a few choices; typing jumps to a choice. */
export function SelectField(props: SelectFieldProps) {
  const { field, control } = splitFieldProps(props)
  const { options, placeholder = 'Choose', ...select } = control
  return (
    <Field {...field}>
      {(attributes) => (
        <Select.Root {...select} name={field.name}>
          <Select.Trigger
            {...attributes}
            className={classNames(
              controlBox,
              'inline-flex items-center justify-between gap-2 text-left data-[placeholder]:text-ink-muted',
            )}
          >
            <span className="truncate">
              <Select.Value placeholder={placeholder} />
            </span>
            <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-ink-muted" />
          </Select.Trigger>
          <Select.Portal>
            <Select.Content
              position="popper"
              sideOffset={4}
              collisionPadding={8}
              className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) max-w-[calc(100vw-1rem)] animate-rise overflow-hidden rounded-md bg-surface-raised text-body text-ink shadow-popover"
            >
              <Select.Viewport className="p-1">
                {options.map((option) => (
                  <SelectChoice key={option.value} option={option} />
                ))}
              </Select.Viewport>
            </Select.Content>
          </Select.Portal>
        </Select.Root>
      )}
    </Field>
  )
}

function SelectChoice({ option }: { option: SelectOption }) {
  return (
    <Select.Item
      value={option.value}
      disabled={option.disabled}
      className="relative flex min-h-control-small cursor-default select-none flex-col justify-center rounded-sm py-1 pr-8 pl-2 outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-surface-sunken"
    >
      <Select.ItemText>{option.label}</Select.ItemText>
      {option.help && <span className="text-ink-muted text-sm">{option.help}</span>}
      <Select.ItemIndicator className="absolute inset-y-0 right-2 flex items-center">
        <Check aria-hidden="true" className="size-4 text-accent" />
      </Select.ItemIndicator>
    </Select.Item>
  )
}
