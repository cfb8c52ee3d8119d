import type { FastifyReply, FastifyRequest } from 'fastify'
import { invalidInput } from '../kernel/app-error.ts'
import { readAddress, UNREADABLE_ADDRESS } from '../kernel/client-address.ts'
import type { RequestContext } from '../kernel/context.ts'
import type { Services } from '../kernel/services.ts'
import { identify } from '../modules/access/index.ts'

const ID = /^[\x21-\x7e]{1,255}$/

/**
 * What one request carries into the domain.
 * @throws AppError when a credential is false, or a header cannot be what it says
 */
export async function requestContext(services: Services, request: FastifyRequest, reply: FastifyReply): Promise<RequestContext> {
  return {
    services,
    requestId: request.id,
    caller: await identify(services, request.headers, request.method),
    requestedTenantId: singleHeader(request, 'x-tenant-id'),
    idempotencyKey: singleHeader(request, 'idempotency-key'),
    idempotency: null,
    client: {
      ip: clientAddress(request),
      userAgent: request.headers['user-agent']?.slice(0, 512) ?? null,
      acceptLanguage: request.headers['accept-language']?.slice(0, 256) ?? null,
    },
    setHeader: (name, value) => {
      reply.header(name, value)
    },
  }
}

/** What a trusted proxy says of the caller's address; where that is no address, the proxy's own, so that garbage is no way past a brake. */
function clientAddress(request: FastifyRequest): string {
  return readAddress(request.ip) ?? readAddress(request.socket.remoteAddress ?? '') ?? UNREADABLE_ADDRESS
}

function singleHeader(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name]
  if (value === undefined) return null
  if (typeof value !== 'string' || !ID.test(value))
    throw invalidInput(name, 'must be one printable value of at most 255 characters')
  return value
}
