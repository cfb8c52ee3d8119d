import { CircleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { useFieldError } from './form-errors.ts'

/** What every field accepts. */
export interface FieldProps {
  label: string
  /** The name under which a form submits the value and reports its faults. */
  name?: string
  /** One line on what to enter. */
  help?: ReactNode
  /** What is wrong and what to do; stands in place of the help. Overrides what the form reports. */
  error?: string
  /** Marks what may be left empty; everything else is required. */
  optional?: boolean
  optionalLabel?: string
  /** Keeps the label for assistive technology only, where the surroundings already say it. */
  hideLabel?: boolean
}

/** What the control inside a field must carry. */
export interface ControlProps {
  id: string
  'aria-invalid': boolean | undefined
  'aria-describedby': string | undefined
  'aria-required': boolean | undefined
}

/** Takes the field's own props out of a control's. */
export function splitFieldProps<Props extends FieldProps>(props: Props) {
  const { label, name, help, error, optional, optionalLabel, hideLabel, ...control } = props
  return { field: { label, name, help, error, optional, optionalLabel, hideLabel }, control }
}

/** Label above, help below, error in place of the help. The control is drawn by `children`. */
export function Field({
  label,
  name,
  help,
  error: ownError,
  optional,
  optionalLabel = 'Optional',
  hideLabel,
  children,
}: FieldProps & { children: (control: ControlProps) => ReactNode }) {
  const id = useId()
  const error = useFieldError(name, ownError)
  const note = error ?? help
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className={hideLabel ? 'sr-only' : 'flex items-baseline justify-between gap-2'}>
        <label htmlFor={id} className="font-medium text-body">
          {label}
        </label>
        {optional && <span className="text-ink-muted text-xs">{optionalLabel}</span>}
      </div>
      {children({
        id,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': note ? `${id}-note` : undefined,
        'aria-required': optional ? undefined : true,
      })}
      {note && <FieldNote id={`${id}-note`} error={error} help={help} />}
    </div>
  )
}

/** The line below a control. */
export function FieldNote({ id, error, help }: { id: string; error: string | undefined; help: ReactNode }) {
  if (!error) {
    return (
      <p id={id} className="text-ink-muted text-sm">
        {help}
      </p>
    )
  }
  return (
    <p id={id} className="flex gap-1.5 text-denied text-sm">
      <CircleAlert aria-hidden="true" className="mt-[3px] size-3.5 shrink-0" />
      <span>{error}</span>
    </p>
  )
}
