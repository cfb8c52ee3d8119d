import { toJSONSchema, type ZodType } from 'zod'

interface Schema {
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  $defs?: Record<string, Schema>
}

/** The names of all fields of a schema, at any depth, so that a test meets a new field the day it appears. */
export function propertiesOf(schema: ZodType | null): string[] {
  if (!schema) return []
  return [...namesIn(toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema)]
}

function* namesIn(schema: Schema): Generator<string> {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    yield name
    yield* namesIn(property)
  }
  for (const part of [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...Object.values(schema.$defs ?? {})])
    if (part) yield* namesIn(part)
}
