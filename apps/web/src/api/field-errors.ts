import type { FormErrors } from '@tollkeeper/ui'
import type { Failure } from './failure.ts'

/** Server faults by the field they belong to: the last fault of a path wins, deeper paths land on their first part. */
export function fieldErrors(failure: Failure | null, fields: readonly string[]): FormErrors {
  const faults = failure?.faults ?? []
  return Object.fromEntries(
    faults.flatMap(({ path, message }) => {
      const field = path.split('.')[0] ?? ''
      return fields.includes(field) ? [[field, asSentence(message)]] : []
    }),
  )
}

/** Every fault of the failure stands at a field, so the form as a whole has nothing more to say. */
export function landsOnFields(failure: Failure, fields: readonly string[]): boolean {
  return failure.faults.length > 0 && failure.faults.every(({ path }) => fields.includes(path.split('.')[0] ?? ''))
}

/** The server's `must have at least 12 characters` as a line under a field. */
function asSentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1)
  return /[.?]$/.test(text) ? text : `${text}.`
}
