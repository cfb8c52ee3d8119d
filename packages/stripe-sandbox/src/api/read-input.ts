import type { z } from 'zod'
import { ApiError } from './api-error.ts'

/** Reads a decoded form against what the route takes; throws the first fault in Stripe's words, naming the parameter. */
export function readInput(schema: z.ZodType, form: Record<string, unknown>): unknown {
  const result = schema.safeParse(form)
  if (result.success) return result.data
  const [issue] = result.error.issues
  if (!issue) throw new ApiError(400, 'invalid_request_error', 'Invalid request')
  throw faultOf(issue, form)
}

function faultOf(issue: z.core.$ZodIssue, form: Record<string, unknown>): ApiError {
  if (issue.code === 'unrecognized_keys') {
    const param = bracketed([...issue.path, issue.keys[0] ?? ''])
    return fault(`Received unknown parameter: ${param}. The sandbox does not speak it.`, 'parameter_unknown', param)
  }
  const inner = issue.code === 'invalid_union' ? issue.errors.flat().find((each) => each.path.length > 0) : undefined
  if (inner) return faultOf({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue, form)
  const param = bracketed(issue.path)
  if (valueAt(form, issue.path) === undefined) return fault(`Missing required param: ${param}.`, 'parameter_missing', param)
  if (issue.message === 'Invalid integer')
    return fault(`Invalid integer: ${String(valueAt(form, issue.path))}`, 'parameter_invalid_integer', param)
  if (issue.code === 'invalid_value') {
    const given = String(valueAt(form, issue.path))
    return fault(`Invalid ${param}: must be one of ${issue.values.map(String).join(', ')} (got ${given})`, undefined, param)
  }
  return fault(`Invalid ${param}: ${issue.message}`, undefined, param)
}

function fault(message: string, code: string | undefined, param: string): ApiError {
  return new ApiError(400, 'invalid_request_error', message, { ...(code ? { code } : {}), param })
}

/** `['items', 0, 'price']` → `items[0][price]`. */
function bracketed(path: readonly PropertyKey[]): string {
  const [head = '', ...rest] = path.map(String)
  return head + rest.map((key) => `[${key}]`).join('')
}

function valueAt(form: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], form)
}
