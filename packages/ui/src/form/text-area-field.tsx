import type { ComponentProps } from 'react'
import { classNames } from '../class-names.ts'
import { controlBox } from './control-look.ts'
import { Field, type FieldProps, splitFieldProps } from './field.tsx'

export interface TextAreaFieldProps
  extends FieldProps,
    Omit<ComponentProps<'textarea'>, 'className' | 'id' | 'name' | 'required' | 'children'> {
  mono?: boolean
}

/** Several lines of text; grows with what is typed. */
export function TextAreaField(props: TextAreaFieldProps) {
  const { field, control } = splitFieldProps(props)
  const { mono, rows = 3, ...textarea } = control
  return (
    <Field {...field}>
      {(attributes) => (
        <textarea
          {...textarea}
          {...attributes}
          name={field.name}
          rows={rows}
          className={classNames(controlBox, 'field-sizing-content resize-y py-2', mono && 'font-mono')}
        />
      )}
    </Field>
  )
}
