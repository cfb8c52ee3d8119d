import { type ComponentProps, useState } from 'react'
import { classNames } from '../class-names.ts'
import { controlBox } from './control-look.ts'
import { Field, type FieldProps, splitFieldProps } from './field.tsx'

export interface PasswordFieldProps
  extends FieldProps,
    Omit<ComponentProps<'input'>, 'className' | 'id' | 'name' | 'required' | 'type' | 'children'> {
  /** Tells password managers whether to fill in or to propose. */
  autoComplete: 'current-password' | 'new-password'
  showLabel?: string
  hideValueLabel?: string
}

/** A password that can be looked at while it is typed; password managers work and pasting is allowed. */
export function PasswordField(props: PasswordFieldProps) {
  const { field, control } = splitFieldProps(props)
  const { showLabel = 'Show', hideValueLabel = 'Hide', ...input } = control
  const [shown, setShown] = useState(false)
  return (
    <Field {...field}>
      {(attributes) => (
        <div className="relative flex">
          <input
            {...input}
            {...attributes}
            name={field.name}
            type={shown ? 'text' : 'password'}
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            className={classNames(controlBox, 'pr-16')}
          />
          <button
            type="button"
            aria-pressed={shown}
            aria-controls={attributes.id}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0.5 right-1 rounded-sm px-2 text-ink-muted text-sm hover:text-ink"
          >
            {shown ? hideValueLabel : showLabel}
          </button>
        </div>
      )}
    </Field>
  )
}
