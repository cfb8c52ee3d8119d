import { type ComponentProps, type ReactNode, useEffect, useRef } from 'react'
import { type FormErrors, FormErrorsContext } from './form-errors.ts'

export interface FormProps extends Omit<ComponentProps<'form'>, 'className' | 'onSubmit' | 'noValidate'> {
  /** Called with the entered values; the page never reloads. */
  onSubmit: (values: FormData) => void
  /** Faults by field name, whoever found them; the first faulty field receives the focus. */
  errors?: FormErrors
  /** A fault of the whole form, above the fields: an ErrorNotice. */
  notice?: ReactNode
}

/** A column of fields. Submit stays enabled: the answer to a missing value is a sentence on its field, not a dead button. */
export function Form({ onSubmit, errors = {}, notice, children, ...rest }: FormProps) {
  const form = useRef<HTMLFormElement>(null)
  const faulty = Object.keys(errors)
    .filter((name) => errors[name])
    .join(' ')
  useEffect(() => {
    if (faulty) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [faulty])
  return (
    <FormErrorsContext value={errors}>
      <form
        {...rest}
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit(new FormData(event.currentTarget))
        }}
        className="flex flex-col gap-stack"
      >
        {notice}
        {children}
      </form>
    </FormErrorsContext>
  )
}

/** The buttons that end a form, the primary one first. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-2">{children}</div>
}
