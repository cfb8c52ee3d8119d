import { z } from 'zod'

type Issue = z.core.$ZodRawIssue

/**
 * What is wrong with a value, in words that go on from the name of its field: "amount must be a whole number". For every schema that
 * does not say it in words of its own.
 */
export function plainMessage(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${kinds[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return issue.values.length === 1 ? `must be ${listed(issue.values)}` : `must be one of ${listed(issue.values)}`
    case 'too_small':
      if (issue.minimum === 1 && issue.origin !== 'number') return 'must not be empty'
      return `must ${amountOf(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)}`
    case 'too_big':
      return `must ${amountOf(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)}`
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`
    case 'invalid_format':
      return `must be ${formats[issue.format] ?? 'written in the form that is asked for'}`
    case 'invalid_union':
      return 'is of no form that is taken here'
    default:
      return undefined
  }
}

const kinds: Partial<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
  date: 'a time',
}

const formats: Partial<Record<string, string>> = {
  safeint: 'a whole number below 2^53',
  email: 'an email address',
  url: 'a web address',
  datetime: 'a time such as 2026-01-31T12:00:00Z',
  date: 'a date such as 2026-01-31',
  base64: 'Base64',
  base64url: 'Base64 for addresses',
  ipv4: 'an IP address',
  ipv6: 'an IP address',
  uuid: 'a UUID',
}

/** What is measured of a string or a list, if it is one. */
function amountOf(origin: string, bound: string, most: number | bigint): string {
  if (origin === 'string') return `have ${bound} ${most} characters`
  if (origin === 'array' || origin === 'set' || origin === 'map') return `have ${bound} ${most} entries`
  return `be ${bound} ${most}`
}

function listed(values: readonly z.core.util.Primitive[]): string {
  return values.map(String).join(', ')
}

z.config({ customError: plainMessage })
