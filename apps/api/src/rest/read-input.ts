import { toJSONSchema, type ZodObject } from 'zod'

type Shape = Record<string, { type?: string }>

/**
 * Makes a function that gathers a request's input from where REST puts it: the path, then the query (GET and DELETE) or the body.
 * What comes as text is turned into numbers and booleans where the schema wants those; the schema itself judges the result.
 */
export function inputReader(
  schema: ZodObject | null,
  method: string,
): (request: { params: unknown; query: unknown; body: unknown }) => unknown {
  if (!schema) return ({ query, body }) => (isEmpty(query) && isEmpty(body) ? undefined : { ...asObject(query), ...asObject(body) })
  const properties = (toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).properties ?? {}) as Shape
  const fromQuery = method === 'GET' || method === 'DELETE'
  return ({ params, query, body }) => {
    const path = coerce(known(asObject(params), properties), properties)
    if (fromQuery) return { ...coerce(asObject(query), properties), ...path }
    // a POST that says all in its path needs no body
    if (body === undefined && Object.keys(path).length > 0) return path
    if (body === null || typeof body !== 'object' || Array.isArray(body)) return body
    return { ...body, ...path }
  }
}

/** What a path says beyond the input is no part of it: the tenant a procedure is bound to. */
function known(params: Record<string, unknown>, properties: Shape): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).filter(([name]) => name in properties))
}

function coerce(text: Record<string, unknown>, properties: Shape): Record<string, unknown> {
  return Object.fromEntries(Object.entries(text).map(([name, value]) => [name, coerceOne(value, properties[name]?.type)]))
}

function coerceOne(value: unknown, type: string | undefined): unknown {
  if (typeof value !== 'string') return value
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(value)) return Number(value)
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true'
  return value
}

function asObject(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)
}
