import type { FormErrors } from '@tollkeeper/ui'
import { failureOf } from '../api/failure-of.ts'

export interface FieldFaults {
  /** What stands below each field. */
  errors: FormErrors
  /** What belongs to no field, for above the form; null when there is nothing. */
  rest: unknown
}

/**
 * Puts what the server found wrong below the fields it is about. `about` says which field a failure as a whole is about, by its code.
 * What is about no field of the form is left for above it.
 */
export function fieldFaults(error: unknown, fields: readonly string[], about: Readonly<Record<string, string>> = {}): FieldFaults {
  if (error === null || error === undefined) return { errors: {}, rest: null }
  const { code, title, next, faults = [] } = failureOf(error)
  const field = about[code]
  if (field !== undefined) return { errors: { [field]: `${title} ${next}` }, rest: null }
  const known = faults.filter(({ path }) => fields.includes(path))
  const errors = Object.fromEntries(known.map(({ path, message }) => [path, sentence(message)]))
  return { errors, rest: known.length > 0 && known.length === faults.length ? null : error }
}

/** "must be in the future" as it stands below a field. */
function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1)
  return /[.?]$/.test(text) ? text : `${text}.`
}
