import type { ComponentProps, ReactNode } from 'react'
import { classNames } from '../class-names.ts'
import { controlBox } from './control-look.ts'
import { Field, type FieldProps, splitFieldProps } from './field.tsx'

export interface TextFieldProps
  extends FieldProps,
    Omit<ComponentProps<'input'>, 'className' | 'id' | 'name' | 'required' | 'type' | 'children'> {
  type?: 'text' | 'email' | 'search' | 'url' | 'tel' | 'number' | 'datetime-local'
  /** Monospaced, for ids, keys and codes. */
  mono?: boolean
  /** After the input, inside its box: a unit, or an action. */
  suffix?: ReactNode
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const { field, control } = splitFieldProps(props)
  const { mono, suffix, type = 'text', ...input } = control
  return (
    <Field {...field}>
      {(attributes) => (
        <div className="flex">
          <input
            {...input}
            {...attributes}
            name={field.name}
            type={type}
            className={classNames(
              controlBox,
              mono && 'font-mono',
              (type === 'number' || type === 'datetime-local') && 'tabular-nums',
              Boolean(suffix) && 'rounded-r-none',
            )}
          />
          {suffix && (
            <span className="flex shrink-0 items-center rounded-r-md border border-line-strong border-l-0 bg-surface-sunken px-pad text-ink-muted text-sm">
              {suffix}
            </span>
          )}
        </div>
      )}
    </Field>
  )
}
