import { errorTable, idOf, Problem, permissions } from '@tollkeeper/shared'
import { type ZodArray, type ZodObject, type ZodType, z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import { type RestProcedure, restProcedures, tenantInPath } from './rest-procedures.ts'

/** The OpenAPI 3.1 document of /api/v1, made from the same inputs, outputs and declarations that answer it. */
export function openApiDocument(publicUrl: string, version: string) {
  const paths: ZodOpenApiPathsObject = {}
  for (const procedure of restProcedures()) {
    const { method, path } = procedure.meta.rest
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(procedure) }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Tollkeeper',
      version,
      description:
        'May this caller do this now? If not, why, and what would make it allowed. Refused requests answer RFC 9457 problems with a stable `code`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: `${publicUrl}/api/v1` }],
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, `tk_…`' },
        challenge: { type: 'http', scheme: 'bearer', description: 'From a refusal with `auth.second_factor_needed`' },
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'From /auth/login or /auth/refresh' },
      },
    },
  })
}

function operation({ name, meta, input, output }: RestProcedure): ZodOpenApiOperationObject {
  const { rest, permission, scope, idempotent, stepUp } = meta
  const group = name.split('.')[0]!
  const names = [...rest.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)
  const known = names.filter((field) => input !== null && field in input.shape)
  const remaining = input?.omit(mask(known)) ?? null
  const fromQuery = rest.method === 'GET' || rest.method === 'DELETE'
  const hasRest = remaining !== null && Object.keys(remaining.shape).length > 0
  return {
    operationId: name.replaceAll('.', '_'),
    tags: [group],
    summary: rest.summary,
    description: `${describeRights(permission, scope)}${stepUp ? ' Asks for proof of who you are that is less than ten minutes old.' : ''}`,
    security:
      permission === 'public'
        ? []
        : permission === 'second_factor_pending'
          ? [{ challenge: [] }]
          : scope
            ? [{ apiKey: [] }, { accessToken: [] }]
            : [{ accessToken: [] }],
    requestParams: {
      ...(names.length > 0 ? { path: pathParameters(names, input) } : {}),
      ...(hasRest && fromQuery ? { query: remaining } : {}),
      ...headers(permission, idempotent, tenantInPath(rest.path) !== null),
    },
    ...(hasRest && !fromQuery
      ? { requestBody: { required: true, content: { 'application/json': { schema: bodyOf(remaining, rest.oneOf) } } } }
      : {}),
    responses: {
      [String(rest.status ?? 200)]: rest.produces
        ? { description: 'The file, as it is made.', content: { [rest.produces]: { schema: rest.shape ?? z.string() } } }
        : { description: 'Done.', content: { 'application/json': { schema: output } } },
      default: {
        description: `A problem. Codes: ${Object.keys(errorTable).join(', ')}.`,
        content: { 'application/problem+json': { schema: Problem } },
      },
    },
  } as ZodOpenApiOperationObject
}

function bodyOf(input: ZodObject, oneOf: string | undefined): ZodType {
  return oneOf === undefined ? input : z.union([(input.shape[oneOf] as ZodArray).element as ZodType, input])
}

function describeRights(permission: string, scope: string | null): string {
  if (permission === 'public') return 'Anyone may call this.'
  if (permission === 'second_factor_pending') return 'Takes the token of a sign-in that waits for its second factor.'
  if (permission === 'signed_in') return 'Takes an access token.'
  return `Takes the permission \`${permission}\`${scope ? `, or an API key with the scope \`${scope}\`` : '; API keys may not'}.`
}

/** The parameters in a path; one that is no field of the input names the tenant. */
function pathParameters(names: string[], input: ZodObject | null): ZodObject {
  return z.object(Object.fromEntries(names.map((name) => [name, (input?.shape[name] as ZodType | undefined) ?? idOf('tenant')])))
}

function headers(permission: string, idempotent: string, tenantIsInPath: boolean): { header?: ZodObject } {
  const shape: Record<string, ZodType> = {}
  if (permission in permissions && !tenantIsInPath) {
    shape['X-Tenant-Id'] = z.string().optional().describe('The tenant to act for, where a person has several.')
  }
  if (idempotent.startsWith('key')) {
    shape['Idempotency-Key'] = z
      .string()
      .max(255)
      .optional()
      .describe('Names this attempt: sent again, it is answered the same and done once.')
  }
  return Object.keys(shape).length > 0 ? { header: z.object(shape) } : {}
}

function mask(names: string[]): Record<string, true> {
  return Object.fromEntries(names.map((name) => [name, true]))
}
