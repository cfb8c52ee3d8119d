import type { RequestContext } from '../../../kernel/context.ts'
import { CLIENT_ADDRESS_HEADER } from '../identity/better-auth.ts'

/** What better-auth keeps with a session of who asked. Nothing else of the request reaches it. */
export function clientHeaders({ client }: Pick<RequestContext, 'client'>): Headers {
  const headers = new Headers({ [CLIENT_ADDRESS_HEADER]: client.ip })
  if (client.userAgent !== null) headers.set('user-agent', client.userAgent)
  return headers
}
