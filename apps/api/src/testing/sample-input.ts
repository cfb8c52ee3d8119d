import { toJSONSchema, type ZodType } from 'zod'

interface Schema {
  type?: string
  id?: string
  $ref?: string
  pattern?: string
  format?: string
  examples?: unknown[]
  enum?: unknown[]
  const?: unknown
  default?: unknown
  minimum?: number
  minLength?: number
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  $defs?: Record<string, Schema>
}

/** Whose id stands in for each kind of id: `usr` → `usr_…`. */
export type IdsByPrefix = Record<string, string>

/**
 * A value the schema accepts, with every id in it taken from `ids`, so that a request is as valid as can be and aims at one tenant.
 * Ids are found by their pattern, so a new field that takes one is aimed the day it appears.
 */
export function sampleInput(schema: ZodType | null, ids: IdsByPrefix): unknown {
  if (!schema) return undefined
  const root = toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema
  return sample(root, root, ids)
}

function sample(schema: Schema, root: Schema, ids: IdsByPrefix): unknown {
  if (schema.$ref) return sample(root.$defs![schema.$ref.replace('#/$defs/', '')]!, root, ids)
  const prefix = /^\^([a-z]{3})_\[/.exec(schema.pattern ?? '')?.[1]
  if (prefix) return ids[prefix] ?? `${prefix}_00000000000000000000000000`
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.examples?.length) return schema.examples[0]
  if (schema.default !== undefined) return schema.default
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0]
  if (choice) return sample(choice, root, ids)
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, property]) => [name, sample(property, root, ids)]),
      )
    case 'array':
      return [sample(schema.items ?? {}, root, ids)]
    case 'integer':
    case 'number':
      return schema.minimum ?? 1
    case 'boolean':
      return false
    default:
      return sampleText(schema)
  }
}

function sampleText(schema: Schema): string {
  if (schema.format === 'email') return 'somebody@example.test'
  if (schema.format === 'date-time') return '2026-11-01T00:00:00Z'
  if (schema.format === 'date') return '2026-11-01'
  return 'x'.repeat(Math.max(schema.minLength ?? 1, 14))
}
