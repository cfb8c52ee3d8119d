import { type ReactNode, useId } from 'react'
import { FieldNote } from './field.tsx'
import { useFieldError } from './form-errors.ts'

/** What a checkbox and a switch share. */
export interface ChoiceProps {
  label: ReactNode
  name?: string
  help?: ReactNode
  error?: string
  checked?: boolean
  defaultChecked?: boolean
  onCheckedChange?: (checked: boolean) => void
  disabled?: boolean
}

/** A control with its label beside it; the whole label is the target. */
export function ChoiceRow({
  label,
  name,
  help,
  error: ownError,
  children,
}: Pick<ChoiceProps, 'label' | 'name' | 'help' | 'error'> & {
  children: (control: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean | undefined }) => ReactNode
}) {
  const id = useId()
  const error = useFieldError(name, ownError)
  const note = error ?? help
  return (
    <div className="flex items-start gap-2.5">
      <span className="flex h-(--density-body-line) items-center">
        {children({ id, 'aria-describedby': note ? `${id}-note` : undefined, 'aria-invalid': error ? true : undefined })}
      </span>
      <div className="flex min-w-0 flex-col gap-0.5">
        <label htmlFor={id} className="text-body">
          {label}
        </label>
        {note && <FieldNote id={`${id}-note`} error={error} help={help} />}
      </div>
    </div>
  )
}
